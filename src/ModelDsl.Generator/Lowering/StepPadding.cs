namespace ModelDsl.Generator.Lowering;

/// <summary>
/// Which places along a dimension of a value are padding: what fills up a sequence that is shorter than the model's
/// length. Each sample has its own.
/// </summary>
/// <param name="Mask">-∞ for a place that is padding, 0 for others; made for the first layer that asks for it.</param>
/// <param name="Dimension">The dimension.</param>
/// <param name="IsPrepared">Whether the mask is made of the samples, ahead of all other operations.</param>
internal sealed record StepPadding(Lazy<Value> Mask, int Dimension, bool IsPrepared)
{
    /// <summary>The padding of a value whose places are some of these, in an order of their own.</summary>
    /// <param name="layer">The layer that makes the value.</param>
    /// <param name="program">Takes the operation that makes the mask.</param>
    /// <param name="indices">Where each place was before; -1 for a new one, which is no padding.</param>
    /// <param name="name">The name of the mask, which tells those of several outputs apart.</param>
    public StepPadding Gather(
        BoundLayer layer, ProgramBuilder program, EquatableArray<int> indices, string name = "padding") => this with
        {
            Mask = new Lazy<Value>(() =>
            {
                Value result = program.Activation(layer, name, new TensorShape(indices.Count));
                return Add(
                    program,
                    new GatherOperation(layer, Mask.Value, dimension: 0, indices, value: 0f, result),
                    IsPrepared);
            }),
        };

    /// <summary>The padding of a value whose places are these and those of others, behind each other.</summary>
    /// <param name="layer">The layer that makes the value.</param>
    /// <param name="program">Takes the operation that makes the mask.</param>
    /// <param name="parts">The padding of each part, if there is any, and its places.</param>
    /// <param name="dimension">The dimension along which they lie.</param>
    public static StepPadding Join(
        BoundLayer layer, ProgramBuilder program, IReadOnlyList<(StepPadding? Padding, int Count)> parts, int dimension)
    {
        bool isPrepared = parts.All(part => part.Padding is null or { IsPrepared: true });
        return new StepPadding(new Lazy<Value>(Mask), dimension, isPrepared);

        Value Mask()
        {
            ColumnPart[] columns = [.. parts.Select(part => new ColumnPart(part.Padding?.Mask.Value, part.Count))];
            var result = program.Activation(layer, "padding", new TensorShape(parts.Sum(part => part.Count)));
            return Add(program, new JoinColumns(layer, rows: 1, columns, result), isPrepared);
        }
    }

    /// <summary>The padding of what is computed element by element: a place is padding where it is in either.</summary>
    /// <param name="layer">The layer that makes the value.</param>
    /// <param name="program">Takes the operation that makes the mask.</param>
    /// <param name="other">The padding of the other operand, if there is any.</param>
    public StepPadding With(BoundLayer layer, ProgramBuilder program, StepPadding? other)
    {
        if (other is null || other.Mask == Mask || other.Dimension != Dimension)
        {
            return this;
        }

        bool isPrepared = IsPrepared && other.IsPrepared;
        return new StepPadding(new Lazy<Value>(OfEither), Dimension, isPrepared);

        Value OfEither()
        {
            (Value mask, Value others) = (Mask.Value, other.Mask.Value);
            Value result = program.Activation(layer, "padding", mask.Shape);
            var operation = new CombineOperation(
                layer, BinaryFunction.Addition, mask, BroadcastOperand.Equal(others), result);
            return Add(program, operation, isPrepared);
        }
    }

    /// <summary>Adds the operation that makes a mask: ahead of all others, or where it is first asked for.</summary>
    public static Value Add(ProgramBuilder program, Operation operation, bool isPrepared) =>
        isPrepared ? program.Prepare(operation) : program.Add(operation);
}
