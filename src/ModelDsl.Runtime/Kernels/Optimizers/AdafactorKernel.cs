namespace ModelDsl.Kernels;

/// <summary>Adafactor over one tensor. Shazeer and Stern (2018), as PyTorch.</summary>
/// <remarks>
/// The second moment of a matrix is the product of the means of its rows and of its columns, divided by their common
/// mean, and never stored. A step is three passes: over the gradients for these means, over gradients and parameters
/// for their sizes, and over both for the update. Each row, and each column, is summed by one thread, so the bits do
/// not depend on how many there are.
/// </remarks>
internal static unsafe class AdafactorKernel
{
    /// <summary>The floats of a vector that are measured together, as the rows of a matrix are.</summary>
    private const int Line = 1024;

    /// <summary>
    /// R = (1 - s)·R + s·mean of g² by rows; C = (1 - s)·C + s·mean of g² by columns; v = R·C / max(mean of R, ε₁) for
    /// a matrix.
    /// </summary>
    /// <param name="parameters">The parameters p [rows, columns].</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="rowMeans">The state R [rows], zero before the first step.</param>
    /// <param name="columnMeans">The state C [columns], zero before the first step.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="share">The share s of the new means, in (0, 1]; 1 in the first step.</param>
    /// <param name="step">How the parameters move.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void MatrixStep(
        FloatSpan parameters,
        ClippedGradients gradients,
        FloatSpan rowMeans,
        FloatSpan columnMeans,
        int rows,
        int columns,
        float share,
        in AdafactorStep step)
    {
        Guard.Matrix(parameters, rows, columns);
        Guard.Matrix(gradients.Values, rows, columns, nameof(gradients));
        Guard.Vector(rowMeans, rows);
        Guard.Vector(columnMeans, columns);
        RangeLoop<RowMeans>.Run(
            new RowMeans(gradients, rowMeans.Pointer, columns, share), rows, grain: 1, LinesPerThread(columns));
        RangeLoop<ColumnMeans>.Run(
            new ColumnMeans(gradients, columnMeans.Pointer, rows, columns, share),
            columns,
            OptimizerRange.Grain,
            LinesPerThread(rows));
        double sum = 0;
        foreach (float mean in rowMeans.AsSpan()[..rows])
        {
            sum += mean;
        }

        float scale = 1f / Math.Max(step.GradientFloor, (float)(sum / rows));
        var moment = new SecondMoment(rowMeans.Pointer, columnMeans.Pointer, scale, step.GradientFloor);
        Move(parameters, gradients, rows, columns, rows * columns, moment, step);
    }

    /// <summary>V = (1 - s)·V + s·g²; v = V for a vector.</summary>
    /// <param name="parameters">The parameters p.</param>
    /// <param name="gradients">Their gradients, as many, clipped.</param>
    /// <param name="squares">The state V, as many, zero before the first step.</param>
    /// <param name="length">The number of parameters.</param>
    /// <param name="share">The share s of the new squares, in (0, 1]; 1 in the first step.</param>
    /// <param name="step">How the parameters move.</param>
    /// <exception cref="ArgumentException">An operand is shorter.</exception>
    public static void VectorStep(
        FloatSpan parameters, ClippedGradients gradients, FloatSpan squares, int length, float share, in AdafactorStep step)
    {
        Guard.Vector(parameters, length);
        Guard.Vector(gradients.Values, length, nameof(gradients));
        Guard.Vector(squares, length);
        RangeLoop<Squares>.Run(
            new Squares(gradients, squares.Pointer, share), length, OptimizerRange.Grain, OptimizerRange.PerThread);
        int lines = (length + Line - 1) / Line;
        var moment = new SecondMoment(null, squares.Pointer, 1f, step.GradientFloor);
        Move(parameters, gradients, lines, Line, length, moment, step);
    }

    /// <summary>
    /// u = g / √max(v, ε₁²); p = p·(1 - learningRate·weightDecay) - max(ε₂, RMS(p))·rate / max(1, RMS(u) /
    /// threshold)·u.
    /// </summary>
    private static void Move(
        FloatSpan parameters,
        ClippedGradients gradients,
        int lines,
        int columns,
        int length,
        in SecondMoment moment,
        in AdafactorStep step)
    {
        FloatSpan sums = SharedScratch.Get(2 * lines);
        RangeLoop<Sizes>.Run(
            new Sizes(parameters.Pointer, gradients, moment, columns, length, sums.Pointer),
            lines,
            grain: 1,
            LinesPerThread(columns));
        double updates = 0, weights = 0;
        for (int line = 0; line < lines; line++)
        {
            updates += sums[2 * line];
            weights += sums[(2 * line) + 1];
        }

        double size = Math.Max(step.ParameterFloor, Math.Sqrt(weights / length)) * step.Rate;
        double clip = Math.Max(1, Math.Sqrt(updates / length) / step.Threshold);
        RangeLoop<Change>.Run(
            new Change(parameters.Pointer, gradients, moment, columns, length, (float)(size / clip), step.Kept),
            lines,
            grain: 1,
            LinesPerThread(columns));
    }

    private static int LinesPerThread(int length) => Math.Max(1, OptimizerRange.PerThread / Math.Max(1, length));
}

/// <summary>How the parameters move in a step of <see cref="AdafactorKernel"/>.</summary>
/// <param name="Rate">The step relative to the size of the parameters.</param>
/// <param name="Kept">What weight decay leaves of the parameters.</param>
/// <param name="GradientFloor">ε₁, below which gradients count as this large; positive.</param>
/// <param name="ParameterFloor">ε₂, below which parameters count as this large.</param>
/// <param name="Threshold">The largest RMS of an update.</param>
internal readonly record struct AdafactorStep(
    float Rate, float Kept, float GradientFloor, float ParameterFloor, float Threshold);

/// <summary>mean[row] += share·(mean of g² - mean[row]).</summary>
internal readonly unsafe struct RowMeans(ClippedGradients gradients, float* means, int columns, float share) : IRangeKernel
{
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _means = means;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int row = start; row < end; row++)
        {
            var term = new SquareTerm(_gradients.Slice(row * columns, columns), TVector.Count, vectors: true);
            TVector sum = LongSum.Of<TVector, SquareTerm>((columns + TVector.Count - 1) / TVector.Count, term);
            float mean = TVector.Sum(sum) / columns;
            _means[row] += share * (mean - _means[row]);
        }
    }
}

/// <summary>mean[column] += share·(mean of g² - mean[column]).</summary>
internal readonly unsafe struct ColumnMeans(
    ClippedGradients gradients, float* means, int rows, int columns, float share) : IRangeKernel
{
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _means = means;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector taken = TVector.Broadcast(share);
        for (int column = start; column < end; column += TVector.Count)
        {
            int count = Math.Min(TVector.Count, end - column);
            ClippedGradients part = _gradients.Slice(column, ((rows - 1) * columns) + count);
            TVector sum = LongSum.Of<TVector, SquareTerm>(rows, new SquareTerm(part, columns, vectors: false, count));
            TVector mean = Operand.Load<TVector>(_means + column, count);
            mean = TVector.MultiplyAdd(taken, (sum / TVector.Broadcast(rows)) - mean, mean);
            Operand.Store(mean, _means + column, count);
        }
    }
}

/// <summary>g², of vectors one after the other, or of rows at equal distances.</summary>
internal readonly struct SquareTerm(ClippedGradients gradients, int distance, bool vectors, int count = 0) : ISumTerm
{
    private readonly ClippedGradients _gradients = gradients;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TVector>(TVector sum, int i)
        where TVector : struct, ISimdVector<TVector>
    {
        int first = i * distance;
        int lanes = vectors ? Math.Min(TVector.Count, _gradients.Values.Length - first) : count;
        TVector g = _gradients.Reader<TVector>().Load(first, lanes);
        return TVector.MultiplyAdd(g, g, sum);
    }
}

/// <summary>square += share·(g² - square).</summary>
internal readonly unsafe struct Squares(ClippedGradients gradients, float* squares, float share) : IRangeKernel
{
    private readonly ClippedGradients _gradients = gradients;
    private readonly float* _squares = squares;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector taken = TVector.Broadcast(share);
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        for (int i = start; i < end; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, end - i);
            TVector g = reader.Load(i, count);
            TVector v = Operand.Load<TVector>(_squares + i, count);
            Operand.Store(TVector.MultiplyAdd(taken, (g * g) - v, v), _squares + i, count);
        }
    }
}

/// <summary>The second moment v of each element, or what it is computed from.</summary>
/// <param name="rows">For a matrix, the factor of each row; null for a vector.</param>
/// <param name="values">The factor of each column of a matrix, or v of each element of a vector.</param>
/// <param name="scale">What all factors are multiplied by.</param>
/// <param name="floor">What the root of v is at least.</param>
internal readonly unsafe struct SecondMoment(float* rows, float* values, float scale, float floor)
{
    private readonly float* _rows = rows;
    private readonly float* _values = values;

    /// <summary>The factor of a line in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector FactorOf<TVector>(int line)
        where TVector : struct, ISimdVector<TVector> => TVector.Broadcast(_rows is null ? scale : _rows[line] * scale);

    /// <summary>g / √max(v, floor²) of a part of a line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Divide<TVector>(TVector g, TVector factor, int line, int column, int columns, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector values = Operand.Load<TVector>(_values + (_rows is null ? (line * columns) + column : column), count);
        return g / TVector.Sqrt(TVector.Max(TVector.Broadcast(floor * floor), factor * values));
    }
}

/// <summary>sums[line] = Σ u² and Σ p² of the line.</summary>
internal readonly unsafe struct Sizes(
    float* parameters, ClippedGradients gradients, SecondMoment moment, int columns, int length, float* sums) : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly ClippedGradients _gradients = gradients;
    private readonly SecondMoment _moment = moment;
    private readonly float* _sums = sums;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        for (int line = start; line < end; line++)
        {
            int first = line * columns, width = Math.Min(columns, length - first);
            TVector factor = _moment.FactorOf<TVector>(line);
            TVector updates = TVector.Zero, updatesRest = TVector.Zero, weights = TVector.Zero, weightsRest = TVector.Zero;
            for (int column = 0; column < width; column += TVector.Count)
            {
                int count = Math.Min(TVector.Count, width - column);
                TVector u = _moment.Divide(reader.Load(first + column, count), factor, line, column, columns, count);
                TVector p = Operand.Load<TVector>(_parameters + first + column, count);
                LongSum.Add(ref updates, ref updatesRest, u * u);
                LongSum.Add(ref weights, ref weightsRest, p * p);
            }

            _sums[2 * line] = TVector.Sum(updates);
            _sums[(2 * line) + 1] = TVector.Sum(weights);
        }
    }
}

/// <summary>p = kept·p - rate·u.</summary>
internal readonly unsafe struct Change(
    float* parameters, ClippedGradients gradients, SecondMoment moment, int columns, int length, float rate, float kept)
    : IRangeKernel
{
    private readonly float* _parameters = parameters;
    private readonly ClippedGradients _gradients = gradients;
    private readonly SecondMoment _moment = moment;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector step = TVector.Broadcast(-rate);
        TVector remaining = TVector.Broadcast(kept);
        GradientReader<TVector> reader = _gradients.Reader<TVector>();
        for (int line = start; line < end; line++)
        {
            int first = line * columns, width = Math.Min(columns, length - first);
            TVector factor = _moment.FactorOf<TVector>(line);
            for (int column = 0; column < width; column += TVector.Count)
            {
                int count = Math.Min(TVector.Count, width - column);
                TVector u = _moment.Divide(reader.Load(first + column, count), factor, line, column, columns, count);
                float* position = _parameters + first + column;
                TVector p = Operand.Load<TVector>(position, count);
                Operand.Store(TVector.MultiplyAdd(step, u, remaining * p), position, count);
            }
        }
    }
}
