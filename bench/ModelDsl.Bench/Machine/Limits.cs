namespace Benchmarks.Bench.Machine;

/// <summary>The machine's limits as sides of a row, so that they are measured in the same seconds as the row.</summary>
internal static class Limits
{
    private const long Iterations = 1_000_000;

    /// <summary>So often that handing the work to other threads costs little.</summary>
    private const int Readings = 16;

    /// <summary>The operations of one run of <see cref="Fma"/>.</summary>
    public static Work FmaWork(int threads, int? width = null) =>
        new(threads * FmaPeak.Operations(width ?? FmaPeak.Widths.First(), Iterations), WorkUnit.Operations);

    /// <summary>The register-only loop on each thread, with the widest vectors or those of the given width.</summary>
    public static Contender Fma(int threads, int? width = null)
    {
        int bits = width ?? FmaPeak.Widths.First();
        float sink = 0;
        return OfTeam(threads, _ => sink += FmaPeak.Run(bits, Iterations));
    }

    /// <summary>A streaming loop over parts of memory, one part a thread: start and length in floats.</summary>
    public static Contender Stream(int threads, int length, Action<int, int> loop)
    {
        int part = (length / threads) & ~63;
        return OfTeam(threads, member => loop(member * part, part));
    }

    /// <summary>
    /// Reading the same memory again and again, which stays in the caches that hold it: what weights cost that are used
    /// once a sample.
    /// </summary>
    public static Contender Read(int threads, int length)
    {
        AlignedMemory memory = new(length);
        float sink = 0;
        return Stream(threads, length, (start, part) =>
        {
            ReadOnlySpan<float> floats = memory.Span.Slice(start, part);
            for (int i = 0; i < Readings; i++)
            {
                sink += StreamLoop.Sum(floats);
            }
        });
    }

    /// <summary>The bytes of one run of <see cref="Read"/>.</summary>
    public static Work ReadWork(int length) => Work.Floats((double)Readings * length, 0);

    private static Contender OfTeam(int threads, Action<int> work)
    {
        Team team = new(threads, work);
        return new Contender(team.Run, dispose: team.Dispose);
    }
}
