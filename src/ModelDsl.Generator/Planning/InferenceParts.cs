namespace ModelDsl.Generator.Planning;

/// <summary>
/// Whether predictions are computed a few samples at a time: where those few and the weights fit a processor's cache.
/// The values between layers then stay there, and threads compute different samples instead of meeting in every layer.
/// </summary>
internal static class InferenceParts
{
    // Half of the second cache of 1 MiB that current processors have at least.
    private const int CachedFloats = 128 * 1024;

    // More weights come from the third cache for each part, which takes longer than what is gained.
    private const int MostWeights = 256 * 1024;

    // With less between its layers, a model is made of products that gain from many samples.
    private const int LeastFloatsPerSample = 2 * 1024;

    // What layers compute from their weights, as normalisations do, is computed for each part.
    private const int MostFixedFloats = 4 * 1024;

    /// <summary>The most samples of a part; null where a batch is computed as a whole.</summary>
    /// <param name="plan">The forward pass.</param>
    /// <param name="weights">The number of the model's parameters.</param>
    public static int? MostSamples(ExecutionPlan plan, long weights) =>
        plan.HeadOutputs.Count == 0
            && plan.Memory.FixedFloats <= MostFixedFloats
            && weights <= MostWeights
            && plan.Memory.FloatsPerSample is >= LeastFloatsPerSample and <= CachedFloats
                ? CachedFloats / plan.Memory.FloatsPerSample
                : null;
}
