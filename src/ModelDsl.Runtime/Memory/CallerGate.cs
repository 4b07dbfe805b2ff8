namespace ModelDsl;

/// <summary>Lets one caller at a time into an object that serves no more. A field, never a copy.</summary>
internal struct CallerGate
{
    private int _isTaken;

    /// <summary>Takes the gate, unless somebody has it: another thread, or this one further up its stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>Takes the gate.</summary>
    /// <param name="owner">Whose gate it is, for the message.</param>
    /// <exception cref="InvalidOperationException">Somebody has it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(string owner)
    {
        if (!TryEnter())
        {
            throw new InvalidOperationException(
                $"expected one caller of this {owner} at a time, but it is in use, by another thread or further up the stack; "
                    + "give each thread one of its own");
        }
    }

    /// <summary>Gives the gate back, after everything that the caller has done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit() => Volatile.Write(ref _isTaken, 0);
}
