namespace ModelDsl;

/// <summary>
/// Adds to each step a vector of sines and cosines that encodes its position, without parameters: y[step, 2i] = x[step,
/// 2i] + sin(step / 10000^(2i / features)) and y[step, 2i + 1] = x[step, 2i + 1] + cos(the same). Vaswani et al.,
/// "Attention is all you need" (2017).
/// </summary>
public sealed class SinusoidalPositionAttribute : LayerAttribute;
