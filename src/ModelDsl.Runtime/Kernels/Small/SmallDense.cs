using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl.CompilerServices;

/// <summary>output[o] = f(Σ input[i]·weight[o, i] + bias[o]) for one sample and a layer of a few dozen units.</summary>
/// <remarks>
/// The sizes are literals in generated code and everything is inlined there, so the layer becomes straight vector code
/// without a call: four rows of the weight at a time, added up across lanes in a tree. Limited by the shuffles of that
/// tree, and by the latency of a call before this existed.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class SmallDense
{
    private const int Group = 4;

    /// <summary>The inputs from which sums are taken in pieces.</summary>
    private static int LongRow => 96 * Math.Max(VectorWidth.Count, SimdVector128.Count);

    /// <summary>Computes the layer.</summary>
    /// <param name="input">[inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="bias">[outputs], or empty for none.</param>
    /// <param name="output">[outputs]; must not overlap the input.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="activation">The function f.</param>
    /// <typeparam name="TActivation">The function's type.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TActivation>(
        FloatSpan input, FloatSpan weight, FloatSpan bias, FloatSpan output, int inputs, int outputs, TActivation activation)
        where TActivation : struct, IActivation
    {
        Guard.Vector(input, inputs);
        Guard.Matrix(weight, outputs, inputs);
        Guard.Vector(output, outputs);
        if (!bias.IsEmpty)
        {
            Guard.Vector(bias, outputs);
        }

        float* rows = weight.Pointer;
        float* addends = bias.IsEmpty ? null : bias.Pointer;
        if (inputs > LongRow)
        {
            ForwardLong(input.Pointer, rows, addends, output.Pointer, inputs, outputs, activation);
            return;
        }

        if (outputs < Group)
        {
            for (int row = 0; row < outputs; row++)
            {
                float sum = Dot(input.Pointer, rows + (row * inputs), inputs) + (addends == null ? 0f : addends[row]);
                activation.Forward(SimdScalar.Broadcast(sum)).Store(output.Pointer + row);
            }

            return;
        }

        for (int row = 0; row < outputs; row += Group)
        {
            // The last group begins early enough to be whole, and repeats rows of the one before it.
            int first = Math.Min(row, outputs - Group);
            Vector128<float> sums = DotFour(input.Pointer, rows + (first * inputs), inputs);
            if (addends != null)
            {
                sums += Vector128.Load(addends + first);
            }

            activation.Forward(new SimdVector128(sums)).Store(output.Pointer + first);
        }
    }

    /// <summary>Computes the layer, from the packed weight where there is one: without sums across lanes.</summary>
    /// <param name="input">[inputs].</param>
    /// <param name="weight">[outputs, inputs].</param>
    /// <param name="packed">The same weight packed, or null.</param>
    /// <param name="bias">[outputs], or empty for none.</param>
    /// <param name="output">[outputs]; must not overlap the input.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="activation">The function f.</param>
    /// <typeparam name="TActivation">The function's type.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the packed weight has another.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TActivation>(
        FloatSpan input, FloatSpan weight, PackedMatrix? packed, FloatSpan bias, FloatSpan output, int inputs, int outputs,
        TActivation activation)
        where TActivation : struct, IActivation
    {
        // Longer columns are packed in blocks, and gain little from this form.
        if (packed is null || inputs > BlockSizes.MaxDepth)
        {
            Forward(input, weight, bias, output, inputs, outputs, activation);
            return;
        }

        Guard.Vector(input, inputs);
        Guard.Vector(output, outputs);
        packed.Require(outputs, inputs);
        if (!bias.IsEmpty)
        {
            Guard.Vector(bias, outputs);
        }

        float* addends = bias.IsEmpty ? null : bias.Pointer;
        var work = new PanelWork<TActivation>(
            input.Pointer, packed.Panels, addends, output.Pointer, inputs, outputs, activation);
        VectorWidth.Run(ref work);

        GC.KeepAlive(packed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ForwardLong<TActivation>(
        float* input, float* weight, float* bias, float* output, int inputs, int outputs, TActivation activation)
        where TActivation : struct, IActivation
    {
        var work = new LongWork<TActivation>(input, weight, bias, output, inputs, outputs, activation);
        VectorWidth.Run(ref work);
    }

    // Four sums for each lane, so that the additions do not wait for each other; written out, because only locals stay
    // in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoVectors<TVector, TActivation>(
        float* input, float* panel, float* bias, float* output, int inputs, int lane, int lanes, TActivation activation)
        where TVector : struct, ISimdVector<TVector>
        where TActivation : struct, IActivation
    {
        TVector c0 = TVector.Zero, c1 = TVector.Zero, c2 = TVector.Zero, c3 = TVector.Zero;
        TVector d0 = TVector.Zero, d1 = TVector.Zero, d2 = TVector.Zero, d3 = TVector.Zero;
        int width = 2 * TVector.Count;
        int k = 0;
        for (; k <= inputs - 4; k += 4)
        {
            float* p = panel + (k * width);
            TVector x0 = TVector.Broadcast(input[k]);
            c0 = TVector.MultiplyAdd(x0, TVector.Load(p), c0);
            d0 = TVector.MultiplyAdd(x0, TVector.Load(p + TVector.Count), d0);
            TVector x1 = TVector.Broadcast(input[k + 1]);
            c1 = TVector.MultiplyAdd(x1, TVector.Load(p + width), c1);
            d1 = TVector.MultiplyAdd(x1, TVector.Load(p + width + TVector.Count), d1);
            TVector x2 = TVector.Broadcast(input[k + 2]);
            c2 = TVector.MultiplyAdd(x2, TVector.Load(p + (2 * width)), c2);
            d2 = TVector.MultiplyAdd(x2, TVector.Load(p + (2 * width) + TVector.Count), d2);
            TVector x3 = TVector.Broadcast(input[k + 3]);
            c3 = TVector.MultiplyAdd(x3, TVector.Load(p + (3 * width)), c3);
            d3 = TVector.MultiplyAdd(x3, TVector.Load(p + (3 * width) + TVector.Count), d3);
        }

        for (; k < inputs; k++)
        {
            TVector x = TVector.Broadcast(input[k]);
            c0 = TVector.MultiplyAdd(x, TVector.Load(panel + (k * width)), c0);
            d0 = TVector.MultiplyAdd(x, TVector.Load(panel + (k * width) + TVector.Count), d0);
        }

        Finish(c0 + c1 + (c2 + c3), bias, output, lane, TVector.Count, activation);
        Finish(
            d0 + d1 + (d2 + d3), bias, output, lane + TVector.Count, Math.Min(TVector.Count, lanes - TVector.Count), activation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneVector<TVector, TActivation>(
        float* input, float* panel, float* bias, float* output, int inputs, int lane, int lanes, TActivation activation)
        where TVector : struct, ISimdVector<TVector>
        where TActivation : struct, IActivation
    {
        TVector c0 = TVector.Zero, c1 = TVector.Zero, c2 = TVector.Zero, c3 = TVector.Zero;
        int k = 0;
        for (; k <= inputs - 4; k += 4)
        {
            float* p = panel + (k * TVector.Count);
            c0 = TVector.MultiplyAdd(TVector.Broadcast(input[k]), TVector.Load(p), c0);
            c1 = TVector.MultiplyAdd(TVector.Broadcast(input[k + 1]), TVector.Load(p + TVector.Count), c1);
            c2 = TVector.MultiplyAdd(TVector.Broadcast(input[k + 2]), TVector.Load(p + (2 * TVector.Count)), c2);
            c3 = TVector.MultiplyAdd(TVector.Broadcast(input[k + 3]), TVector.Load(p + (3 * TVector.Count)), c3);
        }

        for (; k < inputs; k++)
        {
            c0 = TVector.MultiplyAdd(TVector.Broadcast(input[k]), TVector.Load(panel + (k * TVector.Count)), c0);
        }

        Finish(c0 + c1 + (c2 + c3), bias, output, lane, Math.Min(TVector.Count, lanes), activation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TVector, TActivation>(
        TVector sums, float* bias, float* output, int lane, int lanes, TActivation activation)
        where TVector : struct, ISimdVector<TVector>
        where TActivation : struct, IActivation
    {
        if (bias != null)
        {
            sums += Operand.Load<TVector>(bias + lane, lanes);
        }

        Operand.Store(activation.Forward(sums), output + lane, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot(float* input, float* row, int inputs)
    {
        int i = 0;
        Vector128<float> sum = Vector128<float>.Zero;
        for (; i <= inputs - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            sum = Vector128.MultiplyAddEstimate(Vector128.Load(row + i), Vector128.Load(input + i), sum);
        }

        float rest = 0f;
        for (; i < inputs; i++)
        {
            rest += row[i] * input[i];
        }

        return Vector128.Sum(sum) + rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> DotFour(float* input, float* row, int inputs)
    {
        int i = 0;
        Vector128<float> sums = Vector128<float>.Zero;
        if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated && inputs >= Vector512<float>.Count)
        {
            Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (; i <= inputs - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                Vector512<float> x = Vector512.Load(input + i);
                s0 = Vector512.MultiplyAddEstimate(Vector512.Load(row + i), x, s0);
                s1 = Vector512.MultiplyAddEstimate(Vector512.Load(row + inputs + i), x, s1);
                s2 = Vector512.MultiplyAddEstimate(Vector512.Load(row + (2 * inputs) + i), x, s2);
                s3 = Vector512.MultiplyAddEstimate(Vector512.Load(row + (3 * inputs) + i), x, s3);
            }

            Vector512<float> pairs01 = Avx512F.UnpackLow(s0, s1) + Avx512F.UnpackHigh(s0, s1);
            Vector512<float> pairs23 = Avx512F.UnpackLow(s2, s3) + Avx512F.UnpackHigh(s2, s3);
            Vector512<float> quads = Avx512F.Shuffle(pairs01, pairs23, 0x44) + Avx512F.Shuffle(pairs01, pairs23, 0xEE);
            Vector256<float> halves = quads.GetLower() + quads.GetUpper();
            sums = halves.GetLower() + halves.GetUpper();
        }

        if (Avx.IsSupported && inputs - i >= Vector256<float>.Count)
        {
            Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (; i <= inputs - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                Vector256<float> x = Vector256.Load(input + i);
                s0 = Vector256.MultiplyAddEstimate(Vector256.Load(row + i), x, s0);
                s1 = Vector256.MultiplyAddEstimate(Vector256.Load(row + inputs + i), x, s1);
                s2 = Vector256.MultiplyAddEstimate(Vector256.Load(row + (2 * inputs) + i), x, s2);
                s3 = Vector256.MultiplyAddEstimate(Vector256.Load(row + (3 * inputs) + i), x, s3);
            }

            Vector256<float> pairs01 = Avx.UnpackLow(s0, s1) + Avx.UnpackHigh(s0, s1);
            Vector256<float> pairs23 = Avx.UnpackLow(s2, s3) + Avx.UnpackHigh(s2, s3);
            Vector256<float> quads = Avx.Shuffle(pairs01, pairs23, 0x44) + Avx.Shuffle(pairs01, pairs23, 0xEE);
            sums += quads.GetLower() + quads.GetUpper();
        }

        for (; i < inputs; i++)
        {
            Vector128<float> column = Vector128.Create(row[i], row[inputs + i], row[(2 * inputs) + i], row[(3 * inputs) + i]);
            sums = Vector128.MultiplyAddEstimate(column, Vector128.Create(input[i]), sums);
        }

        return sums;
    }

    private readonly struct LongWork<TActivation>(
        float* input, float* weight, float* bias, float* output, int inputs, int outputs, TActivation activation)
        : IVectorWork
        where TActivation : struct, IActivation
    {
        private readonly TActivation _activation = activation;

        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            int columns = DotTile.MaxColumns<TVector>(1);
            for (int row = 0; row < outputs; row += columns)
            {
                int count = Math.Min(columns, outputs - row);
                DotTile.MultiplyLong<TVector>(
                    1, count, inputs, input, weight + ((nint)row * inputs), output + row, outputs, false);
            }

            for (int i = 0; i < outputs; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, outputs - i);
                TVector sum = Operand.Load<TVector>(output + i, count);
                sum = bias == null ? sum : sum + Operand.Load<TVector>(bias + i, count);
                Operand.Store(_activation.Forward(sum), output + i, count);
            }
        }
    }

    private readonly struct PanelWork<TActivation>(
        float* input, float* panels, float* bias, float* output, int inputs, int outputs, TActivation activation)
        : IVectorWork
        where TActivation : struct, IActivation
    {
        private readonly TActivation _activation = activation;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            float* panel = panels;
            for (int lane = 0; lane < outputs; lane += 2 * TVector.Count)
            {
                if (outputs - lane > TVector.Count)
                {
                    TwoVectors<TVector, TActivation>(
                        input, panel, bias, output, inputs, lane, outputs - lane, _activation);
                }
                else
                {
                    OneVector<TVector, TActivation>(
                        input, panel, bias, output, inputs, lane, outputs - lane, _activation);
                }

                panel += 2 * TVector.Count * inputs;
            }
        }
    }
}
