namespace ModelDsl.Tool.Commands;

/// <summary>What was given cannot be used; the message says why.</summary>
internal sealed class ToolException(string message) : Exception(message);
