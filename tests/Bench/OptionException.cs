namespace QuikApp.Bench;

/// <summary>The command line asks for something that is not there.</summary>
internal sealed class OptionException(string message) : Exception(message);
