namespace QuikApp.Host.Tests.EndToEnd;

/// <summary>Tests of one <see cref="OpenServer"/>, one at a time: each counts the journal's rows.</summary>
[CollectionDefinition(Name)]
public sealed class OpenServerTests : ICollectionFixture<OpenServer>
{
    public const string Name = "open server";
}
