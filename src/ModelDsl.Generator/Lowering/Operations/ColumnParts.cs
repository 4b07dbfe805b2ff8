namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>A part of the columns of a matrix; what is null is a gap.</summary>
/// <param name="Value">The columns as a matrix of their own.</param>
/// <param name="Count">Their number.</param>
internal readonly record struct ColumnPart(Value? Value, int Count);

/// <summary>Parts of the columns of a matrix, each as a matrix of its own.</summary>
/// <param name="layer">The layer.</param>
/// <param name="whole">The matrix.</param>
/// <param name="rows">Its rows of each sample.</param>
/// <param name="parts">All of its columns in order; those of gaps are not read.</param>
internal sealed class TakeColumns(BoundLayer layer, Value whole, int rows, IReadOnlyList<ColumnPart> parts)
    : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => [whole];

    public override IEnumerable<Value> Writes => parts.Select(part => part.Value).OfType<Value>();

    public override string Describe(NameOf name) =>
        $"[batch, {whole.Shape.ToString(", ")}] → {string.Join(" | ", Writes.Select(part => $"[batch, {part.Shape.ToString(", ")}]"))}";

    public override void Differentiate(IGradients gradients)
    {
        ColumnPart[] written =
            [.. parts.Select(part => part with { Value = part.Value is { } value ? gradients.Of(value, Layer) : null })];
        if (gradients.Needs(whole) && written.Any(part => part.Value is not null))
        {
            gradients.Add(new JoinColumns(Layer, rows, written, gradients.Contribute(whole)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls
    {
        get
        {
            List<KernelCall> calls = [];
            int width = parts.Sum(part => part.Count), start = 0;
            foreach ((Value? part, int count) in parts)
            {
                if (part is not null)
                {
                    calls.Add(new KernelCall(
                        "Columns.Copy", [whole, width, start, part, count, 0, Size.Times(rows), count]));
                }

                start += count;
            }

            return calls;
        }
    }
}

/// <summary>The columns of several matrices beside each other, with zeros in gaps.</summary>
/// <param name="layer">The layer.</param>
/// <param name="rows">The rows of each sample.</param>
/// <param name="parts">The columns in order.</param>
/// <param name="result">The matrix.</param>
internal sealed class JoinColumns(BoundLayer layer, int rows, IReadOnlyList<ColumnPart> parts, Value result)
    : Operation(layer)
{
    public override BatchUse BatchUse => BatchUse.Apart;

    public override IEnumerable<Value> Reads => parts.Select(part => part.Value).OfType<Value>().Distinct();

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name)
    {
        IEnumerable<string> columns = parts.Select(part =>
            part.Value is { } value ? $"[batch, {value.Shape.ToString(", ")}]" : $"{part.Count} zeros");
        return $"{string.Join(" | ", columns)} → [batch, {result.Shape.ToString(", ")}]";
    }

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is not { } gradient)
        {
            return;
        }

        ColumnPart[] taken =
        [
            .. parts.Select(part => part with
            {
                Value = part.Value is { } value && gradients.Needs(value) ? gradients.Contribute(value) : null,
            }),
        ];
        if (taken.Any(part => part.Value is not null))
        {
            gradients.Add(new TakeColumns(Layer, gradient, rows, taken));
        }
    }

    public override IReadOnlyList<KernelCall> Calls
    {
        get
        {
            List<KernelCall> calls = [];
            int width = parts.Sum(part => part.Count), start = 0;
            foreach ((Value? part, int count) in parts)
            {
                if (count > 0)
                {
                    calls.Add(part is null
                        ? new KernelCall("Columns.Clear", [result, width, start, Size.Times(rows), count])
                        : new KernelCall(
                            "Columns.Copy", [part, count, 0, result, width, start, Size.Times(rows), count]));
                }

                start += count;
            }

            return calls;
        }
    }
}
