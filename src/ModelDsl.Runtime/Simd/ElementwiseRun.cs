namespace ModelDsl.Simd;

/// <summary>A function of the elements of a run, in vectors of whatever width is at hand.</summary>
internal interface IElementwiseFunction
{
    /// <summary>The new values of the elements that start at <paramref name="index"/> in the run.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="index">The index of the first of them.</param>
    /// <param name="count">How many lanes hold elements; operands must not be read beyond.</param>
    TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>values[i] = f(values[i], i): the one loop behind all element-wise stages.</summary>
/// <remarks>Whole vectors of the widest size, then one part of a vector; no element is done on its own.</remarks>
internal static unsafe class ElementwiseRun
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TFunction>(Span<float> values, TFunction function)
        where TFunction : struct, IElementwiseFunction
    {
        fixed (float* run = values)
        {
            var loop = new Loop<TFunction>(run, values.Length, function);
            VectorWidth.Run(ref loop);
        }
    }

    private readonly struct Loop<TFunction>(float* run, int length, TFunction function) : IVectorWork
        where TFunction : struct, IElementwiseFunction
    {
        private readonly float* _run = run;
        private readonly TFunction _function = function;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            // Copied, so that they stay in registers.
            float* run = _run;
            TFunction function = _function;
            int index = 0;
            for (; index <= length - TVector.Count; index += TVector.Count)
            {
                Prefetching.PageAhead(run + index);
                function.Invoke(TVector.Load(run + index), index, TVector.Count).Store(run + index);
            }

            if (index < length)
            {
                TVector values = TVector.LoadPartial(run + index, length - index);
                function.Invoke(values, index, length - index).StorePartial(run + index, length - index);
            }
        }
    }
}
