namespace ModelDsl;

/// <summary>
/// min(max(x + 3, 0), 6) / 6, element by element: a sigmoid of straight lines, as in PyTorch and Keras 3. Keras 2 has
/// min(max(0.2·x + 0.5, 0), 1), after Courbariaux et al. (2015).
/// </summary>
public sealed class HardSigmoidAttribute : LayerAttribute;
