namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>
/// Writes a sum of products as sums, matrix products, products of elements and transposes: operand by operand, from the
/// first that is none of the parameters on.
/// </summary>
internal sealed class EinsumLowering(BoundLayer layer, ProgramBuilder program, EinsumEquation equation)
{
    private readonly Dictionary<char, int> _extents = [];
    private int _parts;

    /// <summary>The result, from the values of the operands.</summary>
    public Value Lower(IReadOnlyList<Value> inputs)
    {
        var operands = new List<Term>();
        for (int i = 0; i < inputs.Count; i++)
        {
            string letters = equation.Operands[i];
            for (int dimension = 0; dimension < letters.Length; dimension++)
            {
                _extents[letters[dimension]] = inputs[i].Shape.Dimensions[dimension];
            }

            operands.Add(WithoutDiagonals(new Term(inputs[i], letters)));
        }

        // A value of each sample begins, since parameters are not multiplied with each other.
        int first = operands.FindIndex(operand => !operand.Value.Shape.IsFixed);
        Term term = operands[first];
        operands.RemoveAt(first);
        while (operands.Count > 0)
        {
            Term next = operands[0];
            operands.RemoveAt(0);
            string later = equation.Result + string.Concat(operands.Select(operand => operand.Letters));
            term = SumOf(term, later + next.Letters, isLast: false);
            next = SumOf(next, later + term.Letters, isLast: false);
            term = ProductOf(term, next, later, isLast: operands.Count == 0);
        }

        return ResultOf(SumOf(term, equation.Result, isLast: true));
    }

    private int Count(string letters) => Primitive.CountOf(letters.Select(letter => _extents[letter]));

    private TensorShape ShapeOf(string letters) => Primitive.ShapeOf(letters.Select(letter => _extents[letter]));

    // What is computed last has the layer's own name.
    private Value Result(TensorShape shape, string name, bool isLast) =>
        isLast && shape.Dimensions == layer.Output.Dimensions
            ? program.Activation(layer)
            : program.Activation(layer, $"{name}{++_parts}", shape, mayBeRounded: true);

    private Value ResultOf(Term term)
    {
        if (term.Letters != equation.Result)
        {
            return Arranged(term, equation.Result, isLast: true).Value;
        }

        bool isOwn = term.Value.Id.Equals(new TensorId(layer.Path));
        return isOwn ? term.Value : program.View(layer, term.Value);
    }

    private Term WithoutDiagonals(Term term)
    {
        string letters = string.Concat(term.Letters.Distinct());
        return letters == term.Letters ? term : Arranged(term, letters, isLast: false);
    }

    // The same elements with the letters in another order, and repeated for letters that the term does not have.
    private Term Arranged(Term term, string letters, bool isLast)
    {
        int[] from = StridedWalk.StridesOf(ShapeOf(term.Letters)), to = StridedWalk.StridesOf(ShapeOf(letters));
        var walk = StridedWalk.Of(letters.Select((letter, number) => new StridedWalk.Step(
            _extents[letter], term.Letters.Select((own, place) => own == letter ? from[place] : 0).Sum(), to[number])));
        Value result = Result(ShapeOf(letters), "layout", isLast);
        return new Term(program.Add(new StridedCopy(layer, term.Value, start: 0, walk, result)), letters);
    }

    // The sum over the letters that nothing else has.
    private Term SumOf(Term term, string needed, bool isLast)
    {
        bool[] reduced = [.. term.Letters.Select(letter => needed.IndexOf(letter) < 0)];
        if (!reduced.Contains(true))
        {
            return term;
        }

        // Sums of a parameter alone would be a value for the whole batch.
        Value value = term.Value.Shape.IsFixed ? Arranged(term, term.Letters, isLast: false).Value : term.Value;
        string left = string.Concat(term.Letters.Where((_, number) => !reduced[number]));
        LinesOf[] groups = [.. ReductionLayer.Groups(ShapeOf(term.Letters), reduced)];
        for (int step = 0; step < groups.Length; step++)
        {
            TensorShape shape =
                step == groups.Length - 1 ? ShapeOf(left) : new TensorShape(groups[step].Outer, groups[step].Inner);
            bool isResult = isLast && step == groups.Length - 1 && left == equation.Result;
            value = program.Add(new ReductionOperation(
                layer, ReductionForm.Sum, value, groups[step], divisor: 1f, Result(shape, "sum", isResult)));
        }

        return new Term(value, left);
    }

    private Term ProductOf(Term left, Term right, string later, bool isLast)
    {
        string summed =
            string.Concat(left.Letters.Where(letter => right.Letters.Contains(letter) && !later.Contains(letter)));
        if (summed.Length == 0)
        {
            return ElementsOf(left, right, isLast);
        }

        (MatrixTerm first, MatrixTerm second) = Matrices(left, right, summed);
        if (second.Term.Value.Shape.IsFixed && second.Lead.Length == 0 && first.IsSummedLast)
        {
            string rows = first.Lead + first.Own + second.Own;
            if (!isLast || rows == equation.Result || !(IsInOrder(first, second) || IsInOrder(second, first)))
            {
                return RowsOf(first, second, rows, isLast);
            }
        }

        return isLast && !IsInOrder(first, second) && IsInOrder(second, first)
            ? MatricesOf(second, first, isLast)
            : MatricesOf(first, second, isLast);
    }

    // All rows of the batch with one matrix.
    private Term RowsOf(MatrixTerm first, MatrixTerm second, string letters, bool isLast)
    {
        int columns = Count(second.Own);
        TensorShape shape = ShapeOf(letters);
        TensorShape matrix = second.Own.Length == 1 ? shape : new TensorShape(shape.Count / columns, columns);
        int depth = Count(first.Summed);
        Value left = first.Term.Value;
        left = left.Shape.Columns == depth
            ? left
            : program.View(layer, $"rows{++_parts}", new TensorShape(left.Shape.Count / depth, depth), left);
        Value product = program.Add(new MatrixProduct(
            layer, left, second.Term.Value, depth, columns, second.IsSummedLast,
            Result(matrix, "product", isLast && letters == equation.Result)));
        return new Term(
            second.Own.Length == 1 ? product : program.View(layer, $"product{++_parts}", shape, product), letters);
    }

    private Term MatricesOf(MatrixTerm first, MatrixTerm second, bool isLast)
    {
        string lead = LeadOf(first, second);
        string letters = lead + first.Own + second.Own;
        var batch = new ProductBatchShape(
            Count(first.Own), Count(second.Own), Count(first.Summed), !first.IsSummedLast, second.IsSummedLast,
            new MatrixLoop(0, MatricesIn(first), MatricesIn(second), Count(lead)), [.. LoopsOf(first, second)]);
        return new Term(
            program.Add(new BatchedProduct(
                layer, first.Term.Value, second.Term.Value, batch,
                Result(ShapeOf(letters), "product", isLast && letters == equation.Result))),
            letters);
    }

    // The number of matrices of a sample; 0 where there is one value for the whole batch.
    private int MatricesIn(MatrixTerm matrices) => matrices.Term.Value.Shape.IsFixed ? 0 : Count(matrices.Lead);

    private bool IsInOrder(MatrixTerm first, MatrixTerm second) =>
        LeadOf(first, second) + first.Own + second.Own == equation.Result;

    // Both as matrices, with as few elements moved as there is a way for.
    private (MatrixTerm Left, MatrixTerm Right) Matrices(Term left, Term right, string summed)
    {
        string turned = string.Concat(right.Letters.Where(letter => summed.Contains(letter)));
        (string Summed, MatrixTerm? Left, MatrixTerm? Right) best = new[] { summed, turned }
            .Select(order => (
                Summed: order, Left: MatrixTerm.Find(left, order, right.Letters),
                Right: MatrixTerm.Find(right, order, left.Letters)))
            .OrderBy(found =>
                (found.Left is null ? 1 : 0) + (found.Right is not null ? 0 : right.Value.Shape.IsFixed ? 2 : 1))
            .First();
        (MatrixTerm first, MatrixTerm second) = (best.Left ?? Moved(left, right), best.Right ?? Moved(right, left));
        return LoopsOf(first, second).Count <= ProductBatchShape.MostLoops
            ? (first, second)
            : (Moved(left, right), Moved(right, left));

        MatrixTerm Moved(Term term, Term other)
        {
            IEnumerable<char> shared =
                left.Letters.Where(letter => right.Letters.Contains(letter) && !summed.Contains(letter));
            IEnumerable<char> own = term.Letters.Where(letter => !other.Letters.Contains(letter));
            string order = string.Concat(Ordered(shared)) + string.Concat(own) + best.Summed;
            return MatrixTerm.Find(Arranged(term, order, isLast: false), best.Summed, other.Letters)!;
        }
    }

    // As the result has them; what it does not have comes last.
    private IEnumerable<char> Ordered(IEnumerable<char> letters) =>
        letters.OrderBy(letter => equation.Result.IndexOf(letter) is var place and >= 0 ? place : int.MaxValue);

    private string LeadOf(MatrixTerm first, MatrixTerm second) =>
        string.Concat(Ordered((first.Lead + second.Lead).Distinct()));

    private List<MatrixLoop> LoopsOf(MatrixTerm first, MatrixTerm second)
    {
        var loops = new List<MatrixLoop>();
        string lead = LeadOf(first, second);
        for (int i = lead.Length - 1; i >= 0; i--)
        {
            var loop = new MatrixLoop(
                _extents[lead[i]], StepOf(first.Lead, lead[i]), StepOf(second.Lead, lead[i]),
                Count(lead.Substring(i + 1)));
            if (loop.Count == 1)
            {
                continue;
            }

            if (loops.Count > 0 && loops[0] is var inner && loop.Left == inner.Left * inner.Count
                && loop.Right == inner.Right * inner.Count && loop.Result == inner.Result * inner.Count)
            {
                loops[0] = inner with { Count = inner.Count * loop.Count };
            }
            else
            {
                loops.Insert(0, loop);
            }
        }

        return loops;

        int StepOf(string letters, char letter) =>
            letters.IndexOf(letter) is var place and >= 0 ? Count(letters.Substring(place + 1)) : 0;
    }

    // The product of elements, each with each where the letters differ.
    private Term ElementsOf(Term left, Term right, bool isLast)
    {
        string letters = string.Concat(Ordered((left.Letters + right.Letters).Distinct()));
        TensorShape shape = ShapeOf(letters);
        Value result = Result(shape, "product", isLast && letters == equation.Result);
        (Term source, Term other) = IsWhole(right, letters) && !IsWhole(left, letters) ? (right, left) : (left, right);
        source = IsWhole(source, letters) ? source : Arranged(source, letters, isLast: false);
        if (source.Value == other.Value)
        {
            return new Term(
                program.Add(new ActivationOperation(layer, source.Value, SquareLayer.Square, result)), letters);
        }

        BroadcastOperand operand = OperandOf(other, letters, shape)
            ?? BroadcastOperand.Equal(Arranged(other, letters, isLast: false).Value);
        return new Term(
            program.Add(new CombineOperation(layer, BinaryFunction.Multiplication, source.Value, operand, result)),
            letters);
    }

    private static bool IsWhole(Term term, string letters) => !term.Value.Shape.IsFixed && term.Letters == letters;

    // What a product of elements can read where it lies; null where it must be laid out.
    private BroadcastOperand? OperandOf(Term term, string letters, TensorShape shape)
    {
        if (string.Concat(letters.Where(letter => term.Letters.Contains(letter))) != term.Letters)
        {
            return null;
        }

        TensorShape spread =
            Primitive.ShapeOf(letters.Select(letter => term.Letters.Contains(letter) ? _extents[letter] : 1))
            with
            { IsFixed = term.Value.Shape.IsFixed };
        return spread.Dimensions == term.Value.Shape.Dimensions
            ? BroadcastOperand.Find(term.Value, shape)
            : BroadcastOperand.Find(program.View(layer, $"operand{++_parts}", spread, term.Value), shape);
    }

    /// <summary>A value, and a letter for each of its dimensions.</summary>
    private sealed record Term(Value Value, string Letters);

    /// <summary>A value as matrices, whose columns or rows are summed over.</summary>
    /// <param name="Term">The value.</param>
    /// <param name="Lead">The letters before the matrices.</param>
    /// <param name="Own">The letters of the other dimension of a matrix.</param>
    /// <param name="Summed">The letters that are summed over.</param>
    /// <param name="IsSummedLast">Whether those are the columns.</param>
    private sealed record MatrixTerm(Term Term, string Lead, string Own, string Summed, bool IsSummedLast)
    {
        /// <summary>A value as matrices as it lies; null where it must be laid out otherwise.</summary>
        public static MatrixTerm? Find(Term term, string summed, string others)
        {
            string letters = term.Letters;
            int start = letters.IndexOf(summed, StringComparison.Ordinal), end = start + summed.Length;
            if (start < 0)
            {
                return null;
            }

            string behind = letters.Substring(end);
            if (behind.Length > 0)
            {
                return behind.Any(others.Contains)
                    ? null
                    : new MatrixTerm(term, letters.Substring(0, start), behind, summed, IsSummedLast: false);
            }

            int own = start;
            while (own > 0 && !others.Contains(letters[own - 1]))
            {
                own--;
            }

            // Rows of their own are worth moving to: a matrix of one row is a product of a vector.
            string lead = letters.Substring(0, own);
            return own == start && !term.Value.Shape.IsFixed && lead.Any(letter => !others.Contains(letter))
                ? null
                : new MatrixTerm(term, lead, letters.Substring(own, start - own), summed, IsSummedLast: true);
        }
    }
}
