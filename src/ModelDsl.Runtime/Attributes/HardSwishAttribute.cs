namespace ModelDsl;

/// <summary>x·min(max(x + 3, 0), 6) / 6. Howard et al. (2019).</summary>
public sealed class HardSwishAttribute : LayerAttribute;
