namespace QuikApp.Host.Configuration;

/// <summary>Every key that means something: found by reflection over the types that sections are bound to.</summary>
internal sealed class ConfigurationSchema
{
    private readonly Dictionary<string, KeyShape> _sections = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<OptionsSection> _options = [];

    /// <summary>Starts with the keys of ASP.NET Core.</summary>
    public ConfigurationSchema()
    {
        foreach (var (name, shape) in KeyShape.Of(typeof(HostKeys)).Children)
            _sections.Add(name, shape);
    }

    /// <summary>The options types of ours, by section.</summary>
    public IReadOnlyList<OptionsSection> Sections => _options;

    /// <summary>Makes the keys of <typeparamref name="T"/> known. Registering the same type and section again changes nothing.</summary>
    /// <param name="section">The name of the section, such as <c>Cluster</c>; no colon.</param>
    /// <exception cref="InvalidOperationException">Another type has the section.</exception>
    public void Register<T>(string section)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        if (_sections.TryGetValue(section, out var taken))
        {
            if (taken.Type == typeof(T))
                return;

            throw new InvalidOperationException($"the section {section} belongs to {taken.Type}");
        }

        var shape = KeyShape.Of(typeof(T));
        _sections.Add(section, shape);
        _options.Add(new OptionsSection<T>(section, shape));
    }

    /// <summary>The shape at a key, or null when nothing of ours reads it.</summary>
    public KeyShape? Find(string key)
    {
        var segments = key.Split(':');
        if (!_sections.TryGetValue(segments[0], out var shape))
            return null;

        foreach (var segment in segments.AsSpan(1))
        {
            shape = shape.Kind switch
            {
                KeyShapeKind.Section => shape.Children.GetValueOrDefault(segment),
                KeyShapeKind.List when segment.Length > 0 && segment.All(char.IsAsciiDigit) => shape.Item,
                KeyShapeKind.Map when segment.Length > 0 => shape.Item,
                _ => null,
            };
            if (shape is null)
                return null;
        }

        return shape;
    }

    /// <summary>The known key that is spelt most like <paramref name="key"/>.</summary>
    public string Nearest(string key)
    {
        // Beyond this nothing is a slip of the pen, and the distance grows with the square of the length.
        var wanted = (key.Length > 256 ? key[..256] : key).Split(':');
        return Paths(wanted).MinBy(path => EditDistance.Between(string.Join(':', wanted), path))!;
    }

    private IEnumerable<string> Paths(string[] wanted) =>
        _sections.SelectMany(section => Paths(section.Key, section.Value, wanted, 1));

    private static IEnumerable<string> Paths(string prefix, KeyShape shape, string[] wanted, int depth)
    {
        // A type that holds itself has no deepest key; nothing real is deeper than this.
        if (depth > 8)
            return [];

        return shape.Kind switch
        {
            KeyShapeKind.Section => shape.Children.SelectMany(child => Paths($"{prefix}:{child.Key}", child.Value, wanted, depth + 1)),
            KeyShapeKind.List => Paths($"{prefix}:{Chosen(wanted, depth, char.IsAsciiDigit, "0")}", shape.Item!, wanted, depth + 1),
            KeyShapeKind.Map => Paths($"{prefix}:{Chosen(wanted, depth, _ => true, "name")}", shape.Item!, wanted, depth + 1),
            _ => [prefix],
        };
    }

    private static string Chosen(string[] wanted, int depth, Func<char, bool> fits, string otherwise) =>
        depth < wanted.Length && wanted[depth].Length > 0 && wanted[depth].All(fits) ? wanted[depth] : otherwise;
}
