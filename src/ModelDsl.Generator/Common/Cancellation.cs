namespace ModelDsl.Generator.Common;

/// <summary>Looks at cancellation tokens. Every loop over what a user can make long has one.</summary>
internal static class Cancellation
{
    /// <summary>Called before each look of the thread. Tests count looks with it, and cancel at one of them.</summary>
    [ThreadStatic]
    internal static Action? Looking;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Look(this CancellationToken cancellation)
    {
        Looking?.Invoke();
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The elements, with a look before each.</summary>
    public static IEnumerable<T> Looked<T>(this IEnumerable<T> elements, CancellationToken cancellation)
    {
        foreach (T element in elements)
        {
            cancellation.Look();
            yield return element;
        }
    }
}
