namespace MnistSample.Errors;

/// <summary>Something that the user can put right. The message is one sentence: what, where, what was expected.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
