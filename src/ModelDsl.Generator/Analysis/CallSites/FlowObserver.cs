namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Counts what the analysis does, for those who prove that it ends.</summary>
internal class FlowObserver
{
    private int _steps;
    private int _givenUp;

    /// <summary>The visits of basic blocks.</summary>
    public int Steps => _steps;

    /// <summary>The functions that took more steps than they are given.</summary>
    public int GivenUp => _givenUp;

    /// <summary>A basic block is about to be visited.</summary>
    public virtual void OnStep() => Interlocked.Increment(ref _steps);

    /// <summary>A function takes too many steps.</summary>
    public void OnGivenUp() => Interlocked.Increment(ref _givenUp);
}
