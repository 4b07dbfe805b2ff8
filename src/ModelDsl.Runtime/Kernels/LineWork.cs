namespace ModelDsl.Kernels;

/// <summary>Work on lines that do not depend on each other.</summary>
internal interface ILineWork
{
    /// <summary>Does one line.</summary>
    void Invoke(int line);
}

/// <summary>Work on lines of which those that a thread has are done together.</summary>
internal interface ILineRangeWork
{
    /// <summary>Does the lines from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    void Invoke(int start, int end);
}

/// <summary>Divides work on lines, such as rows of pixels or blocks of rows, among threads.</summary>
internal static class LineWork
{
    /// <summary>Elements from which a second thread pays for its hand-over.</summary>
    private const long ThreadThreshold = 1 << 14;

    /// <summary>Does all lines, each exactly once.</summary>
    /// <param name="lines">The number of lines.</param>
    /// <param name="elements">How many elements are read or written in all.</param>
    /// <param name="work">The work; its results do not depend on how lines are divided.</param>
    public static void Run<TWork>(int lines, long elements, ref TWork work)
        where TWork : struct, ILineWork
    {
        var ranges = new EachLine<TWork> { Work = work };
        RunRanges(lines, elements, ref ranges);
    }

    /// <inheritdoc cref="Run{TWork}(int, long, ref TWork)"/>
    public static void RunRanges<TWork>(int lines, long elements, ref TWork work)
        where TWork : struct, ILineRangeWork
    {
        int parts = (int)Math.Min(Math.Min(WorkerPool.Parallelism, lines), elements / ThreadThreshold);
        if (parts <= 1)
        {
            work.Invoke(0, lines);
            return;
        }

        var shared = new Shared<TWork> { Lines = lines, Parts = parts, Work = work };
        WorkerPool.Run(parts, ref shared);
    }

    private struct EachLine<TWork> : ILineRangeWork
        where TWork : struct, ILineWork
    {
        public TWork Work;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public readonly void Invoke(int start, int end)
        {
            for (int line = start; line < end; line++)
            {
                Work.Invoke(line);
            }
        }
    }

    private struct Shared<TWork> : IParallelWork
        where TWork : struct, ILineRangeWork
    {
        public int Lines;
        public int Parts;
        public TWork Work;

        public readonly void Invoke(int part)
        {
            (int start, int end) = Partition.Part(Lines, Parts, part, grain: 1);
            Work.Invoke(start, end);
        }
    }
}
