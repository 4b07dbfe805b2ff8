namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>What an attention reads, and its extents.</summary>
/// <param name="Queries">[steps, heads·size].</param>
/// <param name="Keys">[key steps, key heads·size].</param>
/// <param name="Values">[key steps, key heads·size].</param>
/// <param name="Mask">What is added to scores: [steps, key steps] or [key steps]; or null.</param>
/// <param name="Heads">The heads of queries.</param>
/// <param name="KeyHeads">The heads of keys and values.</param>
/// <param name="Causal">Whether a query sees only the keys up to its own number.</param>
/// <param name="Scale">What scores are multiplied by.</param>
internal sealed record AttentionOperands(
    Value Queries, Value Keys, Value Values, Value? Mask, int Heads, int KeyHeads, bool Causal, float Scale)
{
    public IEnumerable<Value> All => Mask is null ? [Queries, Keys, Values] : [Queries, Keys, Values, Mask];

    public int Steps => Queries.Shape.Rows;

    public int HeadSize => Queries.Shape.Columns / Heads;

    /// <summary>The runtime's struct.</summary>
    public KernelObject Sizes => new(
        "AttentionSizes",
        [Argument.Batch, Steps, Keys.Shape.Rows, Heads, KeyHeads, HeadSize, Argument.Named("causal", Causal), Scale])
    {
        Properties =
        [
            .. Argument.Flag("FixedQueries", Queries.Shape.IsFixed),
            .. Argument.Flag("FixedKeys", Keys.Shape.IsFixed),
            .. Argument.Flag("FixedValues", Values.Shape.IsFixed),
            .. Argument.Flag("FixedMask", Mask is { Shape.IsFixed: true }),
            .. Argument.Flag("MaskOfQueries", Mask is { Shape.Rank: > 1 }),
        ],
    };

    /// <summary>The operations of some products of each query with each key.</summary>
    public Work Work(int products) => WorkOf(Steps, Keys.Shape.Rows, Heads, HeadSize, Causal, products);

    /// <summary>
    /// The operations of products of each query with each key that it sees, and four for each softmax of these pairs,
    /// which makes it an estimate.
    /// </summary>
    public static Work WorkOf(long steps, long keys, long heads, long headSize, bool causal, int products)
    {
        // A query of number i sees i + 1 keys.
        long seen = Math.Min(steps, keys);
        long pairs = causal ? (seen * (seen + 1) / 2) + (Math.Max(steps - keys, 0) * keys) : steps * keys;
        return new(0, heads * pairs * ((2 * products * headSize) + 4)) { IsEstimate = true };
    }

    public string Describe()
    {
        string heads = KeyHeads == Heads ? $"{Heads} heads" : $"{Heads} heads over {KeyHeads}";
        string mask = Mask is null ? "" : " + mask";
        return $"{heads} of [{Steps}, {HeadSize}] to [{Keys.Shape.Rows}, {HeadSize}]: "
            + $"{(Causal ? "causal " : "")}softmax({NumberText.Of(Scale)}·Q·Kᵀ{mask})·V";
    }
}

/// <summary>result = the attention of queries to keys and values that lie apart.</summary>
/// <param name="layer">The layer.</param>
/// <param name="operands">What it reads.</param>
/// <param name="logSums">What the backward pass needs of each softmax; null at inference.</param>
/// <param name="result">[steps, heads·size].</param>
internal sealed class CrossAttentionOperation(
    BoundLayer layer, AttentionOperands operands, Value? logSums, Value result)
    : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => operands.All;

    public override IEnumerable<Value> Writes => logSums is null ? [result] : [result, logSums];

    public override Work Work => operands.Work(products: 2);

    public override string Describe(NameOf name) => operands.Describe();

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is not { } gradient || !operands.All.Any(gradients.Needs))
        {
            return;
        }

        // The kernel writes the gradients of each sample, and those of parameters are their sums.
        Value queries = GradientOf(operands.Queries, "Queries");
        Value keys = GradientOf(operands.Keys, "Keys");
        Value values = GradientOf(operands.Values, "Values");
        Value? mask = operands.Mask is { } addend && gradients.Needs(addend) ? GradientOf(addend, "Mask") : null;
        gradients.Add(new CrossAttentionGradient(
            Layer, operands, result, logSums!, gradient, queries, keys, values, mask));
        Value[] written = mask is null ? [queries, keys, values] : [queries, keys, values, mask];
        foreach ((Value operand, Value part) in operands.All.Zip(written, (operand, part) => (operand, part)))
        {
            if (operand.Shape.IsFixed && gradients.Needs(operand))
            {
                Value sum = gradients.OfParameter(operand, out bool accumulate);
                gradients.Add(new ColumnSums(Layer, part, sum, accumulate));
            }
        }

        // What nobody needs is working memory, and so is the part of each sample in the gradient of a parameter.
        Value GradientOf(Value operand, string name) => gradients.Needs(operand) && !operand.Shape.IsFixed
            ? gradients.Contribute(operand)
            : gradients.Scratch(result, name, new TensorShape(operand.Shape.Count), isPerSample: true);
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "CrossAttention.Forward",
            [operands.Queries, operands.Keys, operands.Values, operands.Mask, result, logSums, operands.Sizes]),
    ];

    private sealed class CrossAttentionGradient(
        BoundLayer layer,
        AttentionOperands operands,
        Value output,
        Value logSums,
        Value outputGradient,
        Value queries,
        Value keys,
        Value values,
        Value? mask)
        : Operation(layer)
    {
        public override BatchUse BatchUse => BatchUse.Apart;

        public override IEnumerable<Value> Reads => [.. operands.All, output, logSums, outputGradient];

        public override IEnumerable<Value> Writes =>
            mask is null ? [queries, keys, values] : [queries, keys, values, mask];

        public override Work Work => operands.Work(products: 5);

        public override string Describe(NameOf name) =>
            $"{operands.Describe()}, gradient of queries, keys{(mask is null ? " and values" : ", values and mask")}";

        public override IReadOnlyList<KernelCall> Calls =>
        [
            new(
                "CrossAttention.Backward",
                [
                    operands.Queries, operands.Keys, operands.Values, operands.Mask, output, logSums, outputGradient,
                    queries, keys, values, mask, operands.Sizes,
                ]),
        ];
    }
}
