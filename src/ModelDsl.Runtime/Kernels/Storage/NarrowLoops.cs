using System.Numerics;

namespace ModelDsl.Kernels;

/// <summary>Conversions between floats of 32 and of 16 bits, element by element.</summary>
/// <remarks>
/// Limited by memory. They are integer work, so their vectors are those of <see cref="Vector{T}"/>, whatever the width
/// of the other kernels; the end of a run goes through the same code by way of the stack, so that its bits do not
/// depend on the width.
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
        Loop<float, ushort, Rounding>.Run(source.Pointer, destination.Pointer, destination.Length);
    }

    /// <summary>destination[i] = source[i].</summary>
    public static void Expand(NarrowSpan source, FloatSpan destination)
    {
        Guard.Vector(destination, source.Length);
        Loop<ushort, float, Expansion>.Run(source.Pointer, destination.Pointer, source.Length);
    }

    /// <summary>destination[i] = source[i], rounded to a value of 16 bits.</summary>
    public static void RoundValues(FloatSpan source, FloatSpan destination)
    {
        Guard.SameLength(source, destination);
        Loop<float, float, ValueRounding>.Run(source.Pointer, destination.Pointer, source.Length);
    }

    /// <summary>destination[i] = source[i], on the calling thread.</summary>
    public static void ExpandHere(ushort* source, float* destination, int length) =>
        new Loop<ushort, float, Expansion>(source, destination).RunHere(0, length);

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

    private readonly struct Rounding : IConversion<float, ushort>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Convert(float* source, ushort* destination) => Unsafe.WriteUnaligned(
            destination,
            Vector.Narrow(TFormat.Narrow(Load(source)), TFormat.Narrow(Load(source + Vector<uint>.Count))));
    }

    private readonly struct Expansion : IConversion<ushort, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Convert(ushort* source, float* destination)
        {
            Vector.Widen(Unsafe.ReadUnaligned<Vector<ushort>>(source), out Vector<uint> lower, out Vector<uint> upper);
            Store(TFormat.Widen(lower), destination);
            Store(TFormat.Widen(upper), destination + Vector<uint>.Count);
        }
    }

    private readonly struct ValueRounding : IConversion<float, float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Convert(float* source, float* destination)
        {
            for (int half = 0; half < Width; half += Vector<uint>.Count)
            {
                Store(TFormat.Widen(TFormat.Narrow(Load(source + half))), destination + half);
            }
        }
    }

    private readonly struct Loop<TSource, TDestination, TConversion>(TSource* source, TDestination* destination)
        : IRangeKernel
        where TSource : unmanaged
        where TDestination : unmanaged
        where TConversion : struct, IConversion<TSource, TDestination>
    {
        private readonly TSource* _source = source;
        private readonly TDestination* _destination = destination;

        public static void Run(TSource* source, TDestination* destination, int length) =>
            RangeLoop<Loop<TSource, TDestination, TConversion>>.Run(
                new(source, destination), length, Grain, PerThread);

        public void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector> => RunHere(start, end);

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void RunHere(int start, int end)
        {
            int i = start;
            for (; i <= end - Width; i += Width)
            {
                TConversion.Convert(_source + i, _destination + i);
            }

            if (i < end)
            {
                TSource* from = stackalloc TSource[Width];
                TDestination* to = stackalloc TDestination[Width];
                new Span<TSource>(_source + i, end - i).CopyTo(new Span<TSource>(from, Width));
                TConversion.Convert(from, to);
                new Span<TDestination>(to, end - i).CopyTo(new Span<TDestination>(_destination + i, end - i));
            }
        }
    }
}

/// <summary>A conversion of as many values as a vector of 16 bits each has.</summary>
internal unsafe interface IConversion<TSource, TDestination>
    where TSource : unmanaged
    where TDestination : unmanaged
{
    /// <summary>Converts them; the destination may be the source.</summary>
    static abstract void Convert(TSource* source, TDestination* destination);
}
