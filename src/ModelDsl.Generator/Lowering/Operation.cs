namespace ModelDsl.Generator.Lowering;

/// <summary>
/// One primitive step of a program: reads values, writes values, knows its derivative and the kernels that do it.
/// </summary>
/// <param name="layer">The layer it came from.</param>
internal abstract class Operation(BoundLayer layer)
{
    public BoundLayer Layer => layer;

    public abstract IEnumerable<Value> Reads { get; }

    public abstract IEnumerable<Value> Writes { get; }

    /// <summary>Whether it draws random numbers.</summary>
    public virtual bool IsRandom => false;

    /// <summary>How it treats the samples of a batch.</summary>
    public virtual BatchUse BatchUse => BatchUse.Together;

    /// <summary>
    /// The fewest samples of a batch that are worth a call of its kernel, where it treats each by itself.
    /// </summary>
    public virtual int FewestSamples => 1;

    /// <summary>
    /// The same operation as it adds to what it writes, where it sums over the samples; null where it does not.
    /// </summary>
    public virtual Operation? AddingUp => null;

    /// <summary>
    /// The call of a kernel that takes what it reads for each sample as it is stored in 16 bits, where the operation
    /// has one; null where it takes floats only.
    /// </summary>
    /// <param name="precision">The format of 16 bits.</param>
    public virtual KernelCall? NarrowCall(Precision precision) => null;

    /// <summary>
    /// The parameters whose products it sums, or lays out for that, which a model of mixed precision rounds.
    /// </summary>
    public virtual IEnumerable<Value> Weights => [];

    /// <summary>The operations that it consists of, in the order in which they work.</summary>
    public virtual IEnumerable<Operation> Parts => [this];

    /// <summary>The most samples that <see cref="Calls"/> take at a time; null where they take the batch.</summary>
    public virtual int? SamplesAtOnce => null;

    /// <summary>What is called once, before <see cref="Calls"/>.</summary>
    public virtual IReadOnlyList<KernelCall> Preparations => [];

    /// <summary>
    /// The floating-point operations that it takes: a product and a sum are two, any function of an element is one.
    /// Where no rule counts them, one for each element that is read or written, as an estimate.
    /// </summary>
    public virtual Work Work =>
        Values.Select(value => value.Root).Distinct().Aggregate(
            new Work { IsEstimate = true }, (sum, value) => sum + Work.Elements(value));

    /// <summary>What it reads of which it touches no more elements than it writes, such as rows of a table.</summary>
    public virtual IEnumerable<Value> ReadsInPart => [];

    /// <summary>A weight that a model for inference packs once for it, or null.</summary>
    public virtual PackableWeight? PackableWeight => null;

    /// <summary>Whether it only shows memory under another shape: then planning drops it.</summary>
    public virtual bool IsFree => false;

    /// <summary>
    /// Whether it changes nothing but what it writes, so that it can be done twice in a step. What moves statistics
    /// cannot.
    /// </summary>
    public virtual bool IsRepeatable => true;

    /// <summary>Whether it is one of the forward pass that the backward pass does again, to save memory.</summary>
    public virtual bool IsRecomputed => false;

    /// <summary>Whether it adds to the penalty that training minimises along with the loss.</summary>
    public virtual bool AddsPenalty => false;

    /// <summary>
    /// What it reads at a place before it writes <paramref name="result"/> there, so that the two may share memory;
    /// null where there is no such value.
    /// </summary>
    public virtual Value? InPlaceSource(Value result) => null;

    /// <summary>
    /// What adds the squared norm of each sample's gradient to <paramref name="squares"/>, for the parameters whose
    /// gradient the operation writes, where it need not make the gradient for that; null where there is no such way, or
    /// it takes longer.
    /// </summary>
    /// <param name="squares">One number for each sample.</param>
    public virtual Operation? AddSampleSquares(Value squares) => null;

    /// <summary>What it computes, with shapes.</summary>
    /// <param name="name">What values are called.</param>
    public abstract string Describe(NameOf name);

    /// <summary>The kernels that compute it, in order; none where it costs nothing.</summary>
    public abstract IReadOnlyList<KernelCall> Calls { get; }

    /// <summary>All values that it reads and then those that it writes.</summary>
    public IEnumerable<Value> Values => Reads.Concat(Writes);

    /// <summary>
    /// Adds the operations that carry the gradient of what it writes to what it reads. Operations of a backward pass
    /// have no derivative.
    /// </summary>
    public virtual void Differentiate(IGradients gradients) =>
        throw new InvalidOperationException($"{GetType().Name} stands in a backward pass and has no derivative.");
}

/// <summary>How an operation treats the samples of a batch.</summary>
internal enum BatchUse
{
    /// <summary>All at once.</summary>
    Together,

    /// <summary>Each by itself, so that a part of the batch can be computed at a time.</summary>
    Apart,

    /// <summary>It adds up over them, so that a part of the batch can be added at a time.</summary>
    Summed,
}
