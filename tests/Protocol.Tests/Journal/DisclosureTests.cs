using System.Buffers;
using System.Text;
using QuikApp.Protocol.Journal;

namespace QuikApp.Protocol.Tests.Journal;

public sealed class DisclosureTests
{
    [Fact]
    public void DigestOf_ExampleOfTheStandard_IsTheStandardsDigest()
    {
        // RFC 9901 §4.2.3: the digest of the disclosure for "family_name".
        var disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"u8;
        Assert.Equal("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0", Disclosure.DigestOf(disclosure).ToString());
    }

    [Fact]
    public void TryRead_WrittenDisclosure_GivesSaltAndBody()
    {
        var salt = Enumerable.Range(100, 16).Select(i => (byte)i).ToArray();
        var written = new ArrayBufferWriter<byte>();
        Disclosure.Write(salt, "{\"by\":\"é\"}"u8, written);
        Assert.Equal("[\"ZGVmZ2hpamtsbW5vcHFycw\",\"body\",{\"by\":\"é\"}]", Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromUtf8(written.WrittenSpan)));

        var readSalt = new byte[16];
        var body = new ArrayBufferWriter<byte>();
        Assert.True(Disclosure.TryRead(written.WrittenSpan, readSalt, body));
        Assert.Equal(salt, readSalt);
        Assert.Equal("{\"by\":\"é\"}", Encoding.UTF8.GetString(body.WrittenSpan));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[\"ZGVmZ2hpamtsbW5vcHFycw\",\"body\",]")]
    [InlineData("[\"ZGVmZ2hpamtsbW5vcHFycx\",\"body\",{}]")]
    [InlineData("[\"ZGVmZ2hpamtsbW5vcHFy\",\"body\",{}]")]
    [InlineData("[\"ZGVmZ2hpamtsbW5vcHFycw\",\"Body\",{}]")]
    [InlineData("[\"ZGVmZ2hpamtsbW5vcHFycw\", \"body\",{}]")]
    [InlineData("[\"ZGVmZ2hpamtsbW5vcHFycw\",\"body\",{}] ")]
    public void TryRead_AnotherForm_IsFalse(string json)
    {
        var text = Encoding.ASCII.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(Encoding.ASCII.GetBytes(json)));
        Assert.False(Disclosure.TryRead(text, new byte[16], new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void TryDecrypt_KeyOfTheRightIdAndWrongBytes_LeavesNothingBehind()
    {
        var jwe = new byte[BodyCipher.GetLength(5)];
        BodyCipher.Encrypt(Writing.Key(), new byte[12], "hello"u8, jwe);
        var plaintext = new byte[5];
        Assert.True(BodyCipher.TryDecrypt(Writing.Key(), jwe, plaintext));
        Assert.Equal("hello"u8.ToArray(), plaintext);
        Assert.False(BodyCipher.TryDecrypt(Writing.Key(1), jwe, plaintext));
        Assert.Equal(new byte[5], plaintext);
    }
}
