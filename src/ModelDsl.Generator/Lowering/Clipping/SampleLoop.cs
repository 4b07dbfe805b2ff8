namespace ModelDsl.Generator.Lowering.Clipping;

/// <summary>
/// Operations that run for one sample of the batch after the other: what they read and write of each sample is its part
/// of the batch's, and working memory and gradients of parameters are those of the sample at hand.
/// </summary>
/// <param name="layer">What the loop belongs to.</param>
/// <param name="body">The operations.</param>
/// <param name="addsGradient">Whether the gradients of a sample are clipped and added to the batch's after it.</param>
internal sealed class SampleLoop(BoundLayer layer, IReadOnlyList<Operation> body, bool addsGradient) : Operation(layer)
{
    public IReadOnlyList<Operation> Body => body;

    /// <summary>The same loop with other operations that do the same.</summary>
    public SampleLoop With(IReadOnlyList<Operation> operations) => new(Layer, operations, addsGradient);

    public bool AddsGradient => addsGradient;

    /// <summary>Whether the loss of each sample is among what is computed.</summary>
    public bool HasLoss => body.Any(operation => operation is LossOperation);

    public override IEnumerable<Value> Reads
    {
        get
        {
            HashSet<Value> own = [];
            foreach (Operation operation in body)
            {
                foreach (Value read in operation.Reads.Where(value => !own.Contains(value.Root)))
                {
                    yield return read;
                }

                own.UnionWith(operation.Writes.Select(value => value.Root));
            }
        }
    }

    public override IEnumerable<Value> Writes => body.SelectMany(operation => operation.Writes).Distinct();

    public override bool IsRandom => body.Any(operation => operation.IsRandom);

    public override bool AddsPenalty => body.Any(operation => operation.AddsPenalty);

    public override Work Work => body.Aggregate(Work.None, (sum, operation) => sum + operation.Work);

    public override string Describe(NameOf name) => (addsGradient, HasLoss) switch
    {
        (true, _) => "loss and backward pass of one sample after the other, whose gradients are clipped and added up",
        (_, true) => "the loss of each sample, and its gradient",
        _ => "gradients of one sample after the other → squared norms [batch]",
    };

    public override IReadOnlyList<KernelCall> Calls => [.. body.SelectMany(operation => operation.Calls)];
}
