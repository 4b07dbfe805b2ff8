namespace ModelDsl;

/// <summary>
/// Lets one thread at a time compute a model or change its parameters, and others read the parameters while nobody changes
/// them. A field, never a copy.
/// </summary>
/// <remarks>
/// A computation is one entry. A thread that does several in a row, such as a training, reserves the gate for all of them: between
/// two computations it may enter again, and nobody else may.
/// </remarks>
internal struct ModelGate
{
    // 0 while the gate is free, the thread's number where it is reserved, and that negated while the thread computes.
    private int _state;

    // What the state is after a computation. Only the thread that holds the gate reads or writes this and the next one.
    private int _idle;
    private int _reservations;

    private int _isChanged;
    private int _readers;

    /// <summary>Whether something computes, or reads the parameters.</summary>
    public readonly bool IsInside => _state < 0 || _readers > 0;

    private static int Me => Environment.CurrentManagedThreadId;

    /// <summary>Begins a computation, unless another thread has the gate, or this one computes further up its stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter()
    {
        int me = Me;
        return Interlocked.CompareExchange(ref _state, -me, 0) == 0 || TryEnterReserved(me);
    }

    /// <summary>Ends a computation, after everything that it has done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit() => Volatile.Write(ref _state, _idle);

    /// <summary>Keeps the gate for the computations of this thread, until <see cref="Release"/>. May be nested.</summary>
    public bool TryReserve()
    {
        int me = Me;
        if (Volatile.Read(ref _state) != me)
        {
            if (Interlocked.CompareExchange(ref _state, me, 0) != 0)
            {
                return false;
            }

            _idle = me;
        }

        _reservations++;
        return true;
    }

    /// <summary>Ends a reservation.</summary>
    public void Release()
    {
        if (--_reservations == 0)
        {
            _idle = 0;
            Volatile.Write(ref _state, 0);
        }
    }

    /// <summary>Begins to change parameters, for who has the gate, unless somebody reads them.</summary>
    /// <param name="isFirst">Whether this thread was not changing them already; then <see cref="EndChange"/> must follow.</param>
    public bool TryBeginChange(out bool isFirst)
    {
        isFirst = false;
        if (_isChanged != 0)
        {
            return true;
        }

        // A reader counts itself before it looks here, and this looks for readers afterwards: one of the two sees the other.
        Interlocked.Exchange(ref _isChanged, 1);
        if (Volatile.Read(ref _readers) != 0)
        {
            EndChange();
            return false;
        }

        isFirst = true;
        return true;
    }

    /// <summary>Ends the change of parameters.</summary>
    public void EndChange() => Volatile.Write(ref _isChanged, 0);

    /// <summary>Begins to read parameters, unless another thread changes them, or this one further up its stack.</summary>
    public bool TryBeginRead()
    {
        Interlocked.Increment(ref _readers);
        if (Volatile.Read(ref _isChanged) == 0 || Volatile.Read(ref _state) == Me)
        {
            return true;
        }

        EndRead();
        return false;
    }

    /// <summary>Ends the reading of parameters.</summary>
    public void EndRead() => Interlocked.Decrement(ref _readers);

    /// <summary>Whether another thread has the gate.</summary>
    public bool IsTakenByAnother()
    {
        int state = Volatile.Read(ref _state);
        return state != 0 && Math.Abs(state) != Me;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryEnterReserved(int me) => Interlocked.CompareExchange(ref _state, -me, me) == me;
}
