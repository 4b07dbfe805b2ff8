namespace ModelDsl.Threading;

/// <summary>Work that is divided into parts which do not depend on each other, in vectors of any width.</summary>
internal interface IVectorParts
{
    /// <summary>Does one part. Called from any thread, once for each part.</summary>
    void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>Shares parts among threads, all in vectors of one width.</summary>
/// <remarks>
/// The work lies on the stack of a caller that waits, and is read where it lies: to copy what has just been written
/// costs a small kernel more than its sums, since wide loads wait for the narrow stores before them.
/// </remarks>
internal static unsafe class VectorParts
{
    /// <summary>Does all parts, in the widest vectors at hand.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="work">The work, on the caller's stack.</param>
    public static void Run<TWork>(int parts, in TWork work)
        where TWork : struct, IVectorParts
    {
        var shared = new WidestWork<TWork>(parts, Pointer(in work));
        VectorWidth.Run(ref shared);
    }

    /// <summary>Does all parts, in vectors of a width that has been chosen.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="work">The work, on the caller's stack.</param>
    public static void Run<TVector, TWork>(int parts, in TWork work)
        where TVector : struct, ISimdVector<TVector>
        where TWork : struct, IVectorParts => Run<TVector, TWork>(parts, Pointer(in work));

    private static void Run<TVector, TWork>(int parts, void* work)
        where TVector : struct, ISimdVector<TVector>
        where TWork : struct, IVectorParts
    {
        var shared = new PartWork<TVector, TWork>(work);
        WorkerPool.Run(parts, ref shared);
    }

    private static void* Pointer<TWork>(in TWork work)
        where TWork : struct => Unsafe.AsPointer(ref Unsafe.AsRef(in work));

    private readonly struct WidestWork<TWork>(int parts, void* work) : IVectorWork
        where TWork : struct, IVectorParts
    {
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector> => Run<TVector, TWork>(parts, work);
    }

    private readonly struct PartWork<TVector, TWork>(void* work) : IParallelWork
        where TVector : struct, ISimdVector<TVector>
        where TWork : struct, IVectorParts
    {
        public void Invoke(int part) => Unsafe.AsRef<TWork>(work).Invoke<TVector>(part);
    }
}
