using Benchmarks.Torch.Loading;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Benchmarks.ReferenceVectors;

/// <summary>
/// A hundred steps of libtorch's optimizers and of its schedules: <c>OPTIMIZER</c> [steps, parameters] in one file,
/// <c>SCHEDULE</c> [steps] in another.
/// </summary>
internal static class TrainingVectors
{
    private const int Steps = 100;
    private const int Count = 7;

    /// <summary>Writes both files.</summary>
    public static void Write(string folder)
    {
        TorchLibrary.EnsureLoaded();
        Directory.CreateDirectory(folder);
        var trajectories = new TensorCollection();
        foreach (OptimizerVariant variant in OptimizerVariant.All.Concat(OptimizerVariant.Further))
        {
            trajectories.Add(variant.Name, Trajectory(variant));
        }

        trajectories.Write(Path.Combine(folder, "optimizers.safetensors"));
        var schedules = new TensorCollection();
        foreach ((string name, Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> create) in Schedules)
        {
            schedules.Add(name, Rates(create));
        }

        schedules.Add("reduce-on-plateau", PlateauRates());
        schedules.Write(Path.Combine(folder, "schedules.safetensors"));
    }

    private static IEnumerable<(string Name, Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> Create)> Schedules =>
    [
        ("step", optimizer => optim.lr_scheduler.StepLR(optimizer, 7, 0.5)),
        ("exponential", optimizer => optim.lr_scheduler.ExponentialLR(optimizer, 0.97)),
        ("linear", optimizer => optim.lr_scheduler.PolynomialLR(optimizer, 80)),
        ("square", optimizer => optim.lr_scheduler.PolynomialLR(optimizer, 80, 2)),
        ("cosine", optimizer => optim.lr_scheduler.CosineAnnealingLR(optimizer, 100, 0.01)),
        ("warm-up", optimizer => optim.lr_scheduler.LinearLR(optimizer, 0.1, 1.0, 30)),
        ("one-cycle", optimizer => optim.lr_scheduler.OneCycleLR(
            optimizer, 0.4, total_steps: 100, cycle_momentum: false)),
        ("one-cycle-early", optimizer => optim.lr_scheduler.OneCycleLR(
            optimizer,
            0.4,
            total_steps: 100,
            pct_start: 0.1,
            div_factor: 10,
            final_div_factor: 100,
            cycle_momentum: false)),
    ];

    /// <summary>In double precision; the gradients depend on the step and on the parameters.</summary>
    private static Tensor Trajectory(OptimizerVariant variant)
    {
        double[] initial = [.. Enumerable.Range(0, Count).Select(i => (0.3 * i) - 0.8)];
        using var parameter = new Parameter(tensor(initial));
        using optim.Optimizer optimizer = variant.Create([parameter]);
        using Tensor index = arange(Count, float64);
        var rows = new List<Tensor>();
        for (int step = 1; step <= Steps; step++)
        {
            parameter.grad = (index + (3 * step)).sin() + (0.3 * parameter.detach());
            optimizer.step();
            rows.Add(parameter.detach().clone());
        }

        return stack(rows);
    }

    private static Tensor Rates(Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> create)
    {
        using var parameter = new Parameter(zeros(1));
        using optim.Optimizer optimizer = optim.SGD([parameter], 0.1);
        optim.lr_scheduler.LRScheduler schedule = create(optimizer);
        double[] rates = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            rates[step] = optimizer.ParamGroups.First().LearningRate;
            optimizer.step();
            schedule.step();
        }

        return tensor(rates);
    }

    /// <summary>The rate after each report of a loss that falls, stands still and falls again.</summary>
    private static Tensor PlateauRates()
    {
        using var parameter = new Parameter(zeros(1));
        using optim.Optimizer optimizer = optim.SGD([parameter], 0.1);
        optim.lr_scheduler.LRScheduler schedule = optim.lr_scheduler.ReduceLROnPlateau(
            optimizer, factor: 0.5, patience: 3, cooldown: 2, min_lr: [0.001]);
        double[] rates = new double[Steps];
        for (int step = 0; step < Steps; step++)
        {
            optimizer.step();
            schedule.step(Math.Max(0.5, 1 - (0.05 * step)) - (step > 60 ? 0.01 * (step - 60) : 0));
            rates[step] = optimizer.ParamGroups.First().LearningRate;
        }

        return tensor(rates);
    }
}
