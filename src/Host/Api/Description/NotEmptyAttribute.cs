namespace QuikApp.Host.Api.Description;

/// <summary>At least one of the members must be there, for the document.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotEmptyAttribute : Attribute;
