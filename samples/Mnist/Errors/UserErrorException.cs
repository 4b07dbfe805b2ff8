namespace MnistSample.Errors;

/// <summary>Something that the user can put right. The message is one sentence: what, where, what was expected.</summary>
internal sealed class UserErrorException(string message) : Exception(message)
{
    /// <summary>
    /// What to tell the user of an exception that the user can put right: files, their contents, a learning rate too high, more
    /// memory asked for than there is. Null for all others, which are our bugs.
    /// </summary>
    public static string? Explains(Exception exception) => exception switch
    {
        UserErrorException or IOException or InvalidDataException or UnauthorizedAccessException or NotFiniteNumberException =>
            exception.Message,
        OutOfMemoryException => "there is not enough memory for this; try smaller batches, or fewer threads",
        _ => null,
    };
}
