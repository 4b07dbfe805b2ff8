namespace ModelDsl;

/// <summary>What the kernels of a thread work in, and whether the thread is computing a model.</summary>
/// <remarks>
/// A custom activation or loss may call another model in the middle of a kernel. What that model computes has memory of its
/// own, so that the kernel finds its memory as it has left it.
/// </remarks>
internal sealed class ThreadMemory
{
    [ThreadStatic]
    private static ThreadMemory? _current;

    [ThreadStatic]
    private static int _depth;

    private readonly ThreadMemory? _outer;
    private ThreadMemory? _inner;

    private ThreadMemory(ThreadMemory? outer) => _outer = outer;

    /// <summary>The memory of what the thread computes at the moment.</summary>
    public static ThreadMemory Current => _current ??= new ThreadMemory(null);

    /// <summary>What the gradients that are computed are sums over.</summary>
    public BatchSum BatchSum { get; set; }

    /// <summary>What one part of a kernel works in.</summary>
    public AlignedMemory? Scratch { get; set; }

    /// <summary>What all parts of a kernel of this thread work in.</summary>
    public AlignedMemory? SharedScratch { get; set; }

    /// <summary>A thread that only does parts of kernels is always in the middle of one when something else is called.</summary>
    public static void MarkAsWorker() => _depth = 1;

    /// <summary>The thread begins to compute a model.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter()
    {
        if (_depth++ != 0)
        {
            EnterInner();
        }
    }

    /// <summary>The thread has computed a model.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave()
    {
        if (--_depth != 0)
        {
            _current = Current._outer;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EnterInner()
    {
        ThreadMemory outer = Current;
        _current = outer._inner ??= new ThreadMemory(outer);
    }
}
