namespace ModelDsl.Runtime.Tests.Threading;

/// <summary>Tests that set the number of threads: one after the other, because the setting is the process's.</summary>
[CollectionDefinition(nameof(ThreadSettings), DisableParallelization = true)]
public sealed class ThreadSettings
{
    /// <summary>Runs an action with each number of threads and sets the number back.</summary>
    internal static void ForEachCount(ReadOnlySpan<int> counts, Action<int> action)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            foreach (int count in counts)
            {
                WorkerPool.ThreadCount = count;
                action(count);
            }
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }
}
