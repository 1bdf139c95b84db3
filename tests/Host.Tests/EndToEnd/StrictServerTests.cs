namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Tests of one <see cref="StrictServer"/>, one at a time. Each uses users and addresses of its own, so that no bucket is shared.</summary>
[CollectionDefinition(Name)]
public sealed class StrictServerTests : ICollectionFixture<StrictServer>
{
    public const string Name = "strict server";
}
