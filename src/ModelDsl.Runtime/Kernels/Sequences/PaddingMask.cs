using System.ComponentModel;

namespace ModelDsl.CompilerServices;

/// <summary>mask[i] = -∞ where token i is padding, 0 elsewhere: what attention adds to the scores of each key.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PaddingMask
{
    /// <summary>mask[i] = -∞ where tokens[i] is <paramref name="padding"/>, 0 elsewhere.</summary>
    /// <param name="tokens">[count].</param>
    /// <param name="mask">[count].</param>
    /// <param name="count">The number of tokens.</param>
    /// <param name="padding">The token that stands for none.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Compute(FloatSpan tokens, FloatSpan mask, int count, int padding)
    {
        Guard.Vector(tokens, count);
        Guard.Vector(mask, count);
        ReadOnlySpan<float> from = tokens.Slice(0, count);
        Span<float> to = mask.Slice(0, count);
        for (int i = 0; i < count; i++)
        {
            to[i] = from[i] == padding ? float.NegativeInfinity : 0f;
        }
    }
}
