using QuikApp.Host.Configuration;

namespace QuikApp.Host.Tests.Configuration;

public sealed class SecretKeysTests
{
    [Theory]
    [InlineData("Keys:EncryptionKey", true)]
    [InlineData("Auth:SigningKeys:0", true)]
    [InlineData("Auth:SigningKeys:0:Key", true)]
    [InlineData("Auth:SigningKeys:0:Id", false)]
    [InlineData("Kestrel:Certificates:Default:PASSWORD", true)]
    [InlineData("A:ClientSecret", true)]
    [InlineData("A:AccessToken", true)]
    [InlineData("Keys:EncryptionKeyPath", false)]
    [InlineData("Keys:Directory", false)]
    public void IsSecret_Key_GoesByItsLastName(string key, bool secret) => Assert.Equal(secret, SecretKeys.IsSecret(key));

    [Theory]
    [InlineData("Storage:ConnectionString", "Host=db;Pwd=hunter2;Username=app")]
    [InlineData("Storage:ConnectionString", "Host=db;\"Password=hunter2")]
    [InlineData("Storage:ConnectionString", "Host=db;PassWord='hunter2;x'")]
    [InlineData("Auth:Authority", "https://me:hunter2@example.com/")]
    public void Show_ValueThatHoldsASecret_LeavesItOut(string key, string value)
    {
        Assert.True(SecretKeys.Holds(key, value));
        Assert.DoesNotContain("hunter2", SecretKeys.Show(key, value), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage:ConnectionString", "Data Source=data/quikapp.db")]
    [InlineData("Auth:Authority", "https://example.com/")]
    [InlineData("Auth:AllowQueryToken", "true")]
    public void Show_ValueWithoutASecret_IsUnchanged(string key, string value) => Assert.Equal(value, SecretKeys.Show(key, value));
}
