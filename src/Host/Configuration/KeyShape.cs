using System.Collections;
using System.Reflection;

namespace QuikApp.Host.Configuration;

/// <summary>What may stand at and below one key, as the type that it is bound to says.</summary>
internal sealed class KeyShape
{
    private readonly Lazy<IReadOnlyDictionary<string, KeyShape>> _children;

    private KeyShape(KeyShapeKind kind, Type type, KeyShape? item = null)
    {
        Kind = kind;
        Type = type;
        Item = item;

        // Lazy, because a type may hold itself.
        _children = new(() => kind == KeyShapeKind.Section ? ChildrenOf(type) : Empty);
    }

    private static IReadOnlyDictionary<string, KeyShape> Empty { get; } = new Dictionary<string, KeyShape>();

    /// <summary>How the value is written.</summary>
    public KeyShapeKind Kind { get; }

    /// <summary>The type of the value, without <see cref="Nullable{T}"/>.</summary>
    public Type Type { get; }

    /// <summary>The shape of each element of a list or a map.</summary>
    public KeyShape? Item { get; }

    /// <summary>The keys of a section, by name, whatever its case.</summary>
    public IReadOnlyDictionary<string, KeyShape> Children => _children.Value;

    /// <summary>The property a key of a section is bound to.</summary>
    public PropertyInfo? Property { get; private init; }

    /// <summary>The shape of a type.</summary>
    public static KeyShape Of(Type type) => Of(type, null);

    private static KeyShape Of(Type declared, PropertyInfo? property)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (ScalarText.IsScalar(type))
            return new(KeyShapeKind.Scalar, type) { Property = property };

        if (ElementOf(type, typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)) is { } value)
            return new(KeyShapeKind.Map, type, Of(value)) { Property = property };

        if (typeof(IEnumerable).IsAssignableFrom(type) && ElementOf(type, typeof(IEnumerable<>)) is { } element)
            return new(KeyShapeKind.List, type, Of(element)) { Property = property };

        return new(KeyShapeKind.Section, type) { Property = property };
    }

    private static Dictionary<string, KeyShape> ChildrenOf(Type type)
    {
        var children = new Dictionary<string, KeyShape>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.GetIndexParameters().Length > 0 || property.GetMethod is not { IsPublic: true })
                continue;

            // Without a setter the binder fills what is there already: a list, a map or a section, never a scalar.
            var shape = Of(property.PropertyType, property);
            if (property.SetMethod is not { IsPublic: true } && shape.Kind == KeyShapeKind.Scalar)
                continue;

            children[property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name] = shape;
        }

        return children;
    }

    private static Type? ElementOf(Type type, params Type[] definitions) =>
        type.GetInterfaces().Prepend(type)
            .Where(candidate => candidate.IsGenericType && definitions.Contains(candidate.GetGenericTypeDefinition()))
            .Select(candidate => candidate.GetGenericArguments()[^1])
            .FirstOrDefault();
}
