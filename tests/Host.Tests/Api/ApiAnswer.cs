using System.Text.Json;

namespace QuikApp.Host.Tests.Api;

/// <summary>An answer of the HTTP API.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Head">Status and headers but for the date, which is the one line in which two equal answers may differ.</param>
/// <param name="Body">The body.</param>
internal sealed record ApiAnswer(int Status, string Head, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The reason of a problem.</summary>
    public string? Reason => Json.GetProperty("reason").GetString();

    /// <summary>The field of a problem.</summary>
    public string? Field => Json.TryGetProperty("field", out var name) ? name.GetString() : null;

    /// <summary>The whole of it, to compare two.</summary>
    public string Whole => $"{Head}\n{Body}";

    /// <summary>The value of a header.</summary>
    public string? Header(string name) =>
        Head.Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    /// <summary>Asserts a success.</summary>
    public ApiAnswer Ok(int status = 200)
    {
        Assert.True(Status == status, $"{Head}\n{Body}");
        return this;
    }

    /// <summary>Asserts a refusal.</summary>
    public ApiAnswer Refused(int status, string reason, string? field = null)
    {
        Assert.True(Status == status, $"{Head}\n{Body}");
        Assert.Equal("application/problem+json", Header("Content-Type"));
        Assert.Equal("no-store", Header("Cache-Control"));
        Assert.Equal(reason, Reason);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal($"urn:quikapp:problem:{reason}", Json.GetProperty("type").GetString());
        if (field is not null)
            Assert.Equal(field, Field);
        return this;
    }
}
