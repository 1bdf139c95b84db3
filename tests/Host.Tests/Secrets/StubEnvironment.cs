using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace QuikApp.Host.Tests.Secrets;

internal sealed class StubEnvironment(string name) : IHostEnvironment
{
    public static readonly StubEnvironment Development = new(Environments.Development);
    public static readonly StubEnvironment Production = new(Environments.Production);

    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "QuikApp";

    public string ContentRootPath { get; set; } = ".";

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
