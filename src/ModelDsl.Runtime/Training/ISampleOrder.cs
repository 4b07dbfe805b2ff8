namespace ModelDsl;

/// <summary>
/// Which samples each step takes. It depends on nothing but the number of the step, so that no checkpoint need keep it.
/// </summary>
internal interface ISampleOrder
{
    /// <summary>The number of samples of the source.</summary>
    int Count { get; }

    /// <summary>The number of steps in which as many samples are taken as there are, but for the last batch.</summary>
    int BatchesPerPass { get; }

    /// <summary>The samples of a step, counted from 0; valid until the call for another step.</summary>
    ReadOnlySpan<int> SamplesOf(long step);

    /// <summary>Those of the step after it where it is one of the same pass; else none.</summary>
    ReadOnlySpan<int> SamplesAfter(long step);
}
