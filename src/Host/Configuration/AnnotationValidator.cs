using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace QuikApp.Host.Configuration;

/// <summary>Applies the data annotations of an options type, nested ones too, and names each fault by its key.</summary>
/// <remarks>ASP.NET Core's own validator stops at the first level and names the property, not the key.</remarks>
internal sealed class AnnotationValidator<T>(string section) : IValidateOptions<T>
    where T : class
{
    private readonly KeyShape _shape = KeyShape.Of(typeof(T));

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var failures = new List<string>();
        Check(section, _shape, options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(string key, KeyShape shape, object? value, List<string> failures)
    {
        if (value is null)
            return;

        switch (shape.Kind)
        {
            case KeyShapeKind.Section:
                foreach (var (childName, child) in shape.Children)
                {
                    var childKey = $"{key}:{childName}";
                    var childValue = child.Property!.GetValue(value);
                    CheckProperty(childKey, child.Property, value, childValue, failures);
                    Check(childKey, child, childValue, failures);
                }

                break;
            case KeyShapeKind.Map when value is IDictionary map:
                foreach (DictionaryEntry entry in map)
                    Check($"{key}:{entry.Key}", shape.Item!, entry.Value, failures);
                break;
            case KeyShapeKind.List:
                foreach (var (index, item) in ((IEnumerable)value).Cast<object?>().Index())
                    Check($"{key}:{index.ToString(CultureInfo.InvariantCulture)}", shape.Item!, item, failures);
                break;
        }
    }

    private static void CheckProperty(string key, PropertyInfo property, object owner, object? value, List<string> failures)
    {
        var context = new ValidationContext(owner) { MemberName = property.Name, DisplayName = property.Name };
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (rule.GetValidationResult(value, context) is { } failed)
                failures.Add($"{key}: {Explain(rule, key, value, failed)}");
        }
    }

    private static string Explain(ValidationAttribute rule, string key, object? value, ValidationResult failed) => rule switch
    {
        RangeAttribute range => $"must be from {Text(range.Minimum)} to {Text(range.Maximum)}{Not(key, value)}.",
        RequiredAttribute => "is missing.",
        _ => failed.ErrorMessage ?? "is not valid.",
    };

    private static string Not(string key, object? value) =>
        value is null || SecretKeys.IsSecret(key) ? "" : $", not {Text(value)}";

    private static string Text(object value) => ScalarText.Format(value);
}
