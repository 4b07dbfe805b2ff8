using System.Numerics.Tensors;

namespace ModelDsl.CompilerServices;

/// <summary>
/// gradient · scale and gradient / scale, element by element, so that gradients that are stored in 16 bits do not
/// vanish. Micikevicius et al., "Mixed Precision Training" (2018), section 3.2. Limited by memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LossScale
{
    /// <summary>gradients[i] = gradients[i] · scale.</summary>
    /// <param name="gradients">The gradients, changed in place.</param>
    /// <param name="scale">The scale.</param>
    public static void Multiply(FloatSpan gradients, float scale) =>
        TensorPrimitives.Multiply(gradients, scale, gradients.AsSpan());

    /// <summary>gradients[i] = gradients[i] / scale.</summary>
    /// <param name="gradients">The gradients, changed in place.</param>
    /// <param name="scale">The scale, not zero.</param>
    public static void Divide(FloatSpan gradients, float scale) =>
        TensorPrimitives.Divide(gradients, scale, gradients.AsSpan());
}
