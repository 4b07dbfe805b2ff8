namespace ModelDsl.Tests.EndToEnd;

/// <summary>Tests that set the number of threads, or count the memory of all threads, run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class SharedThreads
{
    public const string Name = "Tests that need the process for themselves";
}
