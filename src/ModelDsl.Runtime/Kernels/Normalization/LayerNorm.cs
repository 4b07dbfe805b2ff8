namespace ModelDsl.CompilerServices;

/// <summary>y = weight·(x - mean) / √(variance + epsilon) + bias, row by row.</summary>
/// <remarks>Ba, Kiros and Hinton, "Layer Normalization" (2016). The variance is that of the row itself, divided by its length.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LayerNorm
{
    /// <summary>The rows of working memory that <see cref="Backward"/> needs.</summary>
    public const int ScratchRows = RowNormalization.ScratchRows;

    /// <summary>y = weight·(x - mean) / √(variance + epsilon) + bias, row by row.</summary>
    /// <param name="input">x: [rows, columns].</param>
    /// <param name="weight">[columns].</param>
    /// <param name="bias">[columns], or empty.</param>
    /// <param name="output">y: [rows, columns]; may be the input.</param>
    /// <param name="statistics">Where the mean and the scale of each row go for the backward pass: [rows, 2]; or empty.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of features.</param>
    /// <param name="epsilon">What is added to the variance; positive.</param>
    /// <param name="epilogue">What is done to each finished row.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Forward<TEpilogue>(
        FloatSpan input,
        FloatSpan weight,
        FloatSpan bias,
        FloatSpan output,
        FloatSpan statistics,
        int rows,
        int columns,
        float epsilon,
        TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        Rows(input, weight, statistics, rows, columns).Forward(bias, output, epsilon, epilogue);

    /// <summary>The gradients of input, weight and bias from that of the output.</summary>
    /// <param name="input">x: [rows, columns].</param>
    /// <param name="weight">[columns].</param>
    /// <param name="statistics">What the forward pass kept: [rows, 2].</param>
    /// <param name="outputGradient">∂y: [rows, columns].</param>
    /// <param name="inputGradient">Where ∂x goes: [rows, columns]; must not be ∂y; empty where it is not wanted.</param>
    /// <param name="weightGradient">Where ∂weight goes: [columns]; empty where it is not wanted.</param>
    /// <param name="biasGradient">Where ∂bias goes: [columns]; empty where it is not wanted.</param>
    /// <param name="scratch">Working memory: <see cref="ScratchRows"/> rows of columns floats; empty where only ∂x is wanted.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of features.</param>
    /// <param name="accumulate">Whether the gradients of the parameters are added to what is there.</param>
    /// <param name="epilogue">What is done to each finished row of ∂x.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Backward<TEpilogue>(
        FloatSpan input,
        FloatSpan weight,
        FloatSpan statistics,
        FloatSpan outputGradient,
        FloatSpan inputGradient,
        FloatSpan weightGradient,
        FloatSpan biasGradient,
        FloatSpan scratch,
        int rows,
        int columns,
        bool accumulate,
        TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        Rows(input, weight, statistics, rows, columns).Backward(
            outputGradient, inputGradient, weightGradient, biasGradient, scratch, accumulate, epilogue);

    private static RowNormalization Rows(
        FloatSpan input, FloatSpan weight, FloatSpan statistics, int rows, int columns) =>
        new(input, weight, statistics, rows, columns, centered: true);
}
