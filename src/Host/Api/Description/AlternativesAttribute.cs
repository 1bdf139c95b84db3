namespace QuikApp.Host.Api.Description;

/// <summary>The shape is one of these, for the document.</summary>
/// <param name="shapes">Shapes that exclude each other.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AlternativesAttribute(params Type[] shapes) : Attribute
{
    /// <summary>Shapes that exclude each other.</summary>
    public IReadOnlyList<Type> Shapes { get; } = shapes;
}
