namespace ModelDsl.Threading;

/// <summary>Work that is divided into parts which do not depend on each other, in vectors of any width.</summary>
internal interface IVectorParts
{
    /// <summary>Does one part. Called from any thread, once for each part.</summary>
    void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>Shares parts among threads, all in vectors of one width.</summary>
internal static class VectorParts
{
    /// <summary>Does all parts, in the widest vectors at hand.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="work">The work.</param>
    public static void Run<TWork>(int parts, in TWork work)
        where TWork : struct, IVectorParts
    {
        var shared = new WidestWork<TWork>(parts, work);
        VectorWidth.Run(ref shared);
    }

    /// <summary>Does all parts, in vectors of a width that has been chosen.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="work">The work.</param>
    public static void Run<TVector, TWork>(int parts, in TWork work)
        where TVector : struct, ISimdVector<TVector>
        where TWork : struct, IVectorParts
    {
        var shared = new PartWork<TVector, TWork>(work);
        WorkerPool.Run(parts, ref shared);
    }

    private readonly struct WidestWork<TWork>(int parts, TWork work) : IVectorWork
        where TWork : struct, IVectorParts
    {
        private readonly TWork _work = work;

        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector> => Run<TVector, TWork>(parts, _work);
    }

    private readonly struct PartWork<TVector, TWork>(TWork work) : IParallelWork
        where TVector : struct, ISimdVector<TVector>
        where TWork : struct, IVectorParts
    {
        private readonly TWork _work = work;

        public void Invoke(int part) => _work.Invoke<TVector>(part);
    }
}
