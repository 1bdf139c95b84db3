namespace QuikApp.Host.Access;

/// <summary>The platform's directory answered, and not as agreed.</summary>
internal sealed class DirectoryFaultException(string message) : Exception(message);
