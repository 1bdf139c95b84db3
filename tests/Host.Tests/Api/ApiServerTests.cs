namespace QuikApp.Host.Tests.Api;

/// <summary>Tests of one <see cref="ApiServer"/>, one at a time: each counts the journal's rows.</summary>
[CollectionDefinition(Name)]
public sealed class ApiServerTests : ICollectionFixture<ApiServer>
{
    public const string Name = "api server";
}
