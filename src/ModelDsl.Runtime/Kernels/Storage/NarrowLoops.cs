using System.Numerics;

namespace ModelDsl.Kernels;

/// <summary>Conversions between floats of 32 and of 16 bits, element by element.</summary>
/// <remarks>
/// Limited by memory. They are integer work, so their vectors are those of <see cref="Vector{T}"/>, whatever the width of the
/// other kernels; the end of a run goes through the same code by way of the stack, so that its bits do not depend on the width.
/// </remarks>
/// <typeparam name="TFormat">The format of 16 bits.</typeparam>
internal static unsafe class NarrowLoops<TFormat>
    where TFormat : struct, INarrowFormat
{
    private const int Grain = 64;
    private const int PerThread = 1 << 15;

    /// <summary>destination[i] = source[i], rounded.</summary>
    public static void Round(FloatSpan source, NarrowSpan destination)
    {
        Guard.Vector(source, destination.Length);
        RangeLoop<Rounding>.Run(new Rounding(source.Pointer, destination.Pointer), destination.Length, Grain, PerThread);
    }

    /// <summary>destination[i] = source[i].</summary>
    public static void Expand(NarrowSpan source, FloatSpan destination)
    {
        Guard.Vector(destination, source.Length);
        RangeLoop<Expansion>.Run(new Expansion(source.Pointer, destination.Pointer), source.Length, Grain, PerThread);
    }

    /// <summary>destination[i] = source[i], rounded to a value of 16 bits.</summary>
    public static void RoundValues(FloatSpan source, FloatSpan destination)
    {
        Guard.SameLength(source, destination);
        RangeLoop<ValueRounding>.Run(
            new ValueRounding(source.Pointer, destination.Pointer), source.Length, Grain, PerThread);
    }

    /// <summary>destination[i] = source[i], on the calling thread.</summary>
    public static void ExpandHere(ushort* source, float* destination, int length) =>
        new Expansion(source, destination).Run(0, length);

    /// <summary>destination[i] = weight[i], rounded where it is not stored so.</summary>
    public static void Load(StoredWeight weight, FloatSpan destination)
    {
        if (weight.Whole.IsEmpty)
        {
            Expand(weight.Narrow, destination);
        }
        else
        {
            RoundValues(weight.Whole, destination);
        }
    }

    private static int Width => Vector<ushort>.Count;

    private static Vector<uint> Load(float* source) => Unsafe.ReadUnaligned<Vector<uint>>(source);

    private static void Store(Vector<uint> value, float* destination) => Unsafe.WriteUnaligned(destination, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundVector(float* source, ushort* destination) => Unsafe.WriteUnaligned(
        destination,
        Vector.Narrow(TFormat.Narrow(Load(source)), TFormat.Narrow(Load(source + Vector<uint>.Count))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExpandVector(ushort* source, float* destination)
    {
        Vector.Widen(Unsafe.ReadUnaligned<Vector<ushort>>(source), out Vector<uint> lower, out Vector<uint> upper);
        Store(TFormat.Widen(lower), destination);
        Store(TFormat.Widen(upper), destination + Vector<uint>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RoundValuesVector(float* source, float* destination)
    {
        for (int half = 0; half < Width; half += Vector<uint>.Count)
        {
            Store(TFormat.Widen(TFormat.Narrow(Load(source + half))), destination + half);
        }
    }

    private readonly struct Rounding(float* source, ushort* destination) : IRangeKernel
    {
        private readonly float* _source = source;
        private readonly ushort* _destination = destination;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            int i = start;
            for (; i <= end - Width; i += Width)
            {
                RoundVector(_source + i, _destination + i);
            }

            if (i < end)
            {
                float* from = stackalloc float[Width];
                ushort* to = stackalloc ushort[Width];
                new Span<float>(_source + i, end - i).CopyTo(new Span<float>(from, Width));
                RoundVector(from, to);
                new Span<ushort>(to, end - i).CopyTo(new Span<ushort>(_destination + i, end - i));
            }
        }
    }

    private readonly struct Expansion(ushort* source, float* destination) : IRangeKernel
    {
        private readonly ushort* _source = source;
        private readonly float* _destination = destination;

        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector> => Run(start, end);

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run(int start, int end)
        {
            int i = start;
            for (; i <= end - Width; i += Width)
            {
                ExpandVector(_source + i, _destination + i);
            }

            if (i < end)
            {
                ushort* from = stackalloc ushort[Width];
                float* to = stackalloc float[Width];
                new Span<ushort>(_source + i, end - i).CopyTo(new Span<ushort>(from, Width));
                ExpandVector(from, to);
                new Span<float>(to, end - i).CopyTo(new Span<float>(_destination + i, end - i));
            }
        }
    }

    private readonly struct ValueRounding(float* source, float* destination) : IRangeKernel
    {
        private readonly float* _source = source;
        private readonly float* _destination = destination;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            int i = start;
            for (; i <= end - Width; i += Width)
            {
                RoundValuesVector(_source + i, _destination + i);
            }

            if (i < end)
            {
                float* values = stackalloc float[Width];
                new Span<float>(_source + i, end - i).CopyTo(new Span<float>(values, Width));
                RoundValuesVector(values, values);
                new Span<float>(values, end - i).CopyTo(new Span<float>(_destination + i, end - i));
            }
        }
    }
}
