using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Benchmarks.Bench.Machine;

/// <summary>
/// Loops that move memory and compute next to nothing, one for each pattern of reading and writing that a kernel has:
/// what they reach is the most that such a kernel can reach.
/// </summary>
internal static class StreamLoop
{
    /// <summary>x ← c·x: one stream read and written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(Span<float> x)
    {
        ref float start = ref x.GetPinnableReference();
        Vector512<float> factor = Vector512.Create(1.0000001f);
        for (nuint i = 0; i < (nuint)(x.Length & ~63); i += 64)
        {
            (Vector512.LoadUnsafe(ref start, i) * factor).StoreUnsafe(ref start, i);
            (Vector512.LoadUnsafe(ref start, i + 16) * factor).StoreUnsafe(ref start, i + 16);
            (Vector512.LoadUnsafe(ref start, i + 32) * factor).StoreUnsafe(ref start, i + 32);
            (Vector512.LoadUnsafe(ref start, i + 48) * factor).StoreUnsafe(ref start, i + 48);
        }
    }

    /// <summary>Σ x: one stream read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum(ReadOnlySpan<float> x)
    {
        ref float start = ref Unsafe.AsRef(in x.GetPinnableReference());
        // As many sums as hide the time of an addition.
        Vector512<float> a = default, b = default, c = default, d = default;
        Vector512<float> e = default, f = default, g = default, h = default;
        for (nuint i = 0; i < (nuint)(x.Length & ~127); i += 128)
        {
            a += Vector512.LoadUnsafe(ref start, i);
            b += Vector512.LoadUnsafe(ref start, i + 16);
            c += Vector512.LoadUnsafe(ref start, i + 32);
            d += Vector512.LoadUnsafe(ref start, i + 48);
            e += Vector512.LoadUnsafe(ref start, i + 64);
            f += Vector512.LoadUnsafe(ref start, i + 80);
            g += Vector512.LoadUnsafe(ref start, i + 96);
            h += Vector512.LoadUnsafe(ref start, i + 112);
        }

        return Vector512.Sum(a + b + (c + d) + (e + f + (g + h)));
    }

    /// <summary>y ← x: one stream read, another written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ReadOnlySpan<float> x, Span<float> y)
    {
        ref float source = ref Unsafe.AsRef(in x.GetPinnableReference());
        ref float destination = ref y.GetPinnableReference();
        for (nuint i = 0; i < (nuint)(x.Length & ~63); i += 64)
        {
            Vector512.LoadUnsafe(ref source, i).StoreUnsafe(ref destination, i);
            Vector512.LoadUnsafe(ref source, i + 16).StoreUnsafe(ref destination, i + 16);
            Vector512.LoadUnsafe(ref source, i + 32).StoreUnsafe(ref destination, i + 32);
            Vector512.LoadUnsafe(ref source, i + 48).StoreUnsafe(ref destination, i + 48);
        }
    }

    /// <summary>w ← w + g, m ← m + g, v ← v + g: Adam's four streams read and three written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v)
    {
        ref float weight = ref w.GetPinnableReference();
        ref float gradient = ref Unsafe.AsRef(in g.GetPinnableReference());
        ref float first = ref m.GetPinnableReference();
        ref float second = ref v.GetPinnableReference();
        for (nuint i = 0; i < (nuint)(w.Length & ~15); i += 16)
        {
            Vector512<float> step = Vector512.LoadUnsafe(ref gradient, i);
            (Vector512.LoadUnsafe(ref weight, i) + step).StoreUnsafe(ref weight, i);
            (Vector512.LoadUnsafe(ref first, i) + step).StoreUnsafe(ref first, i);
            (Vector512.LoadUnsafe(ref second, i) + step).StoreUnsafe(ref second, i);
        }
    }

    /// <summary>w ← w + g, m ← m + g: Lion's three streams read and two written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Keep(Span<float> w, ReadOnlySpan<float> g, Span<float> m)
    {
        ref float weight = ref w.GetPinnableReference();
        ref float gradient = ref Unsafe.AsRef(in g.GetPinnableReference());
        ref float momentum = ref m.GetPinnableReference();
        for (nuint i = 0; i < (nuint)(w.Length & ~15); i += 16)
        {
            Vector512<float> step = Vector512.LoadUnsafe(ref gradient, i);
            (Vector512.LoadUnsafe(ref weight, i) + step).StoreUnsafe(ref weight, i);
            (Vector512.LoadUnsafe(ref momentum, i) + step).StoreUnsafe(ref momentum, i);
        }
    }

    /// <summary>w ← w + g: two streams read and one written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Span<float> w, ReadOnlySpan<float> g)
    {
        ref float weight = ref w.GetPinnableReference();
        ref float gradient = ref Unsafe.AsRef(in g.GetPinnableReference());
        for (nuint i = 0; i < (nuint)(w.Length & ~15); i += 16)
        {
            (Vector512.LoadUnsafe(ref weight, i) + Vector512.LoadUnsafe(ref gradient, i)).StoreUnsafe(ref weight, i);
        }
    }
}
