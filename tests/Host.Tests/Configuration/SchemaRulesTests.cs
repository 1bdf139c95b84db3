using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using QuikApp.Host.Configuration;

namespace QuikApp.Host.Tests.Configuration;

/// <summary>Rules that hold for every key, generated from the schema: a new option is tested by being registered.</summary>
public sealed class SchemaRulesTests
{
    private static readonly string[] Sources = ["file", "environment", "command line"];

    public static TheoryData<string, string> OutOfRange()
    {
        var data = new TheoryData<string, string>();
        foreach (var (key, shape) in Leaves())
        {
            if (shape.Property?.GetCustomAttribute<RangeAttribute>() is not { } range)
                continue;

            if (shape.Type == typeof(int))
            {
                data.Add(key, Text((int)range.Minimum - 1L));
                data.Add(key, Text((int)range.Maximum + 1L));
                data.Add(key, Text((long)int.MaxValue + 1));
            }
            else
            {
                var minimum = TimeSpan.Parse($"{range.Minimum}", CultureInfo.InvariantCulture);
                data.Add(key, (minimum - TimeSpan.FromMilliseconds(1)).ToString("c", CultureInfo.InvariantCulture));
                data.Add(key, "9.00:00:00");
            }
        }

        return data;
    }

    public static TheoryData<string, string> AtTheBounds()
    {
        var data = new TheoryData<string, string>();
        foreach (var (key, shape) in Leaves())
        {
            if (shape.Property?.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                data.Add(key, Convert.ToString(range.Minimum, CultureInfo.InvariantCulture)!);
                data.Add(key, Convert.ToString(range.Maximum, CultureInfo.InvariantCulture)!);
            }
        }

        return data;
    }

    public static TheoryData<string, string> WrongType()
    {
        var data = new TheoryData<string, string>();
        foreach (var (key, shape) in Leaves().Where(leaf => leaf.Shape.Type != typeof(string)))
        {
            data.Add(key, "abc");
            data.Add(key, "");
            data.Add(key, "7x");
            data.Add(key, " 7");
            data.Add(key, "0x7");
            data.Add(key, "1e3");
            if (shape.Type != typeof(int))
                data.Add(key, "7");
            if (shape.Type == typeof(TimeSpan))
            {
                data.Add(key, "5s");
                data.Add(key, "24:00:00");
                data.Add(key, "-00:00:05");
            }
        }

        return data;
    }

    public static TheoryData<string, string> Misspelt()
    {
        var data = new TheoryData<string, string>();
        foreach (var (key, _) in Leaves())
        {
            var name = key.LastIndexOf(':') + 1;
            data.Add(key, key.Remove(name + 1, 1));
            data.Add(key, key.Insert(name + 2, "q"));
            data.Add(key, $"{key}{key[^1]}");
        }

        return data;
    }

    [Fact]
    public void Leaves_OfTheFrame_AreThere() => Assert.True(Leaves().Count >= 20, "the generated tests would be vacuous");

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Check_ValueOutOfRange_NamesTheKey(string key, string value) => AssertRefused(key, value);

    [Theory]
    [MemberData(nameof(WrongType))]
    public void Check_ValueOfAWrongType_NamesTheKey(string key, string value) => AssertRefused(key, value);

    [Theory]
    [MemberData(nameof(AtTheBounds))]
    public void Check_ValueAtTheBound_IsAccepted(string key, string value)
    {
        using var sandbox = new Sandbox().Argument(key, value);

        Assert.DoesNotContain(sandbox.Check(), problem => problem.Key == key);
    }

    [Theory]
    [MemberData(nameof(Misspelt))]
    public void Check_KeyMisspelt_NamesItAndTheNearest(string key, string misspelt)
    {
        using var sandbox = new Sandbox().Argument(misspelt, "1");

        var problem = Assert.Single(sandbox.Check());
        Assert.Equal(misspelt, problem.Key);
        Assert.EndsWith($"the nearest is {key}.", problem.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string key, string value)
    {
        foreach (var source in Sources)
        {
            using var sandbox = new Sandbox();
            _ = source switch
            {
                "file" => sandbox.File("appsettings.json", $$"""{"{{key}}":"{{value}}"}"""),
                "environment" => sandbox.Variable($"QUIKAPP_{key.Replace(":", "__", StringComparison.Ordinal)}", value),
                _ => sandbox.Argument(key, value),
            };

            var problem = Assert.Single(sandbox.Check());
            Assert.Equal(key, problem.Key);
        }
    }

    private static List<(string Key, KeyShape Shape)> Leaves()
    {
        var services = new ServiceCollection();
        services.AddFrameOptions();
        return [.. services.Schema().Sections.SelectMany(section => Leaves(section.Name, section.Shape))];
    }

    private static IEnumerable<(string Key, KeyShape Shape)> Leaves(string key, KeyShape shape) => shape.Kind switch
    {
        KeyShapeKind.Section => shape.Children.SelectMany(child => Leaves($"{key}:{child.Key}", child.Value)),
        KeyShapeKind.Scalar => [(key, shape)],
        _ => [],
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
