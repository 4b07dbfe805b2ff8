namespace MnistSample.Errors;

/// <summary>The user stopped the program. The message says how far it got.</summary>
internal sealed class StoppedException(string message, CancellationToken token) : OperationCanceledException(message, token);
